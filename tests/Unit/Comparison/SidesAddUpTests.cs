using GPhotos.Tests.Support;

namespace GPhotos.Tests.Comparison;

/// <summary>Whatever the two sides are: each file and each item comes out as often as it should, and the numbers add up. The helper checks it.</summary>
public sealed class SidesAddUpTests
{
    public static TheoryData<int> Seeds => [.. Enumerable.Range(1, 60)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Random_sides_add_up(int seed)
    {
        Random random = new(seed);
        using TestComparison comparison = new();
        // Few values of each kind, so that everything collides with everything.
        string[] names = ["IMG_1", "img_1", "IMG_1(1)", "IMG_2", "Scan"], extensions = [".jpg", ".HEIC", ".CR2", ".mp4"];
        int[] shifts = [0, 0, 0, 2, -5];
        HashSet<string> taken = [];
        for (int i = random.Next(15); i > 0; i--)
        {
            string extension = Any(extensions), name = $"{Any(["a", "b"])}/{Any(names)}{extension}";
            TestPicture picture = random.Next(4) == 0
                ? TestComparison.Undated
                : TestComparison.At(Time(), subSecond: random.Next(3) == 0 ? "5" : null);
            picture = picture with { Width = 64 + random.Next(2), Seed = $"{random.Next(2)}" };
            if (taken.Add(name.ToUpperInvariant()))
            {
                comparison.LocalBytes(name, extension == ".mp4" ? picture.ToVideo(Time(), "isom") : picture.ToJpeg());
            }
        }

        for (int i = random.Next(15); i > 0; i--)
        {
            string extension = Any(extensions);
            comparison.Online(
                Any(names) + extension,
                Time().AddHours(Any(shifts)),
                width: 64 + random.Next(2),
                type: extension == ".mp4" ? MediaType.Video : MediaType.Photo,
                undated: random.Next(5) == 0);
        }

        List<MediaItemComparison> once = await comparison.CompareAsync();
        List<MediaItemComparison> again = await comparison.CompareAsync();

        Assert.Equal(once.Select(comparison.Text), again.Select(comparison.Text));

        T Any<T>(T[] values) => values[random.Next(values.Length)];
        DateTime Time() => TestComparison.Noon.AddSeconds(random.Next(3)).AddMilliseconds(random.Next(2) * 500);
    }
}
