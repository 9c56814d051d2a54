using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class LocalCheckTests
{
    [Fact]
    public async Task What_Google_would_not_take_is_refused_without_a_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        Directory.CreateDirectory(folder["folder.jpg"]);
        (string Path, Type Expected)[] cases =
        [
            (folder.Write("empty.jpg", []), typeof(MediaRejectedException)),
            (Sparse(folder["huge.jpg"], 200_000_001), typeof(MediaRejectedException)),
            (Sparse(folder["huge.mp4"], 20_000_000_001), typeof(MediaRejectedException)),
            (folder.Write("notes.txt", "text"), typeof(MediaRejectedException)),
            (folder.Write("noextension", "text"), typeof(MediaRejectedException)),
            (folder["missing.jpg"], typeof(FileReadFailedException)),
            (folder["folder.jpg"], typeof(FileReadFailedException)),
            (folder["nul\0inside.jpg"], typeof(FileReadFailedException)),
            ("", typeof(FileReadFailedException)),
        ];

        List<SendOutcome> outcomes = await google.Client.Sender.SendAllAsync(cases.Select(c => c.Path));

        Assert.Equal(cases.Select(c => c.Path), outcomes.Select(o => o.Request!.Path));
        Assert.Equal(cases.Select(c => c.Expected), outcomes.Select(o => o.Error!.GetType()));
        Assert.All(outcomes.Select(o => o.Error).OfType<MediaRejectedException>(), e => Assert.Null(e.Code));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task A_description_that_is_too_long_harms_its_own_file_alone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        SendRequest[] requests = [.. folder.WritePictures(5).Select((p, i) => new SendRequest(p) { Description = new string('x', i == 2 ? 1000 : 999) })];

        List<SendOutcome> outcomes = await google.Client.Sender.SendAsync(requests.ToAsyncEnumerable(), new SendOptions()).ToListAsync();

        Assert.IsType<InvalidRequestException>(Assert.Single(outcomes, o => o.Request == requests[2]).Error);
        Assert.Equal(4, outcomes.Count(o => o.Result?.Status == SendStatus.Created));
        Assert.Equal(4, (await google.StatisticsAsync()).Calls("uploads"));
    }

    [Theory]
    [InlineData("a.jpg", "image/jpeg", 200_000_000)]
    [InlineData("A.JPEG", "image/jpeg", 200_000_000)]
    [InlineData("a.HeIc", "image/heic", 200_000_000)]
    [InlineData("a.b.avif", "image/avif", 200_000_000)]
    [InlineData("a.dng", "image/x-adobe-dng", 200_000_000)]
    [InlineData("a.mp4", "video/mp4", 20_000_000_000)]
    [InlineData("a.MTS", "video/mp2t", 20_000_000_000)]
    [InlineData("a.3gp", "video/3gpp", 20_000_000_000)]
    public void A_type_is_known_by_its_extension_in_any_case(string path, string mimeType, long limit) =>
        Assert.Equal(new MediaFileType(mimeType, limit), MediaFileType.Of(path));

    [Theory]
    [InlineData("AVIF BMP GIF HEIC ICO JPG PNG TIFF WEBP")]
    [InlineData("3GP 3G2 ASF AVI DIVX M2T M2TS M4V MKV MMV MOD MOV MP4 MPG MTS TOD WMV")]
    public void Every_type_that_Google_lists_is_taken(string extensions) =>
        Assert.All(extensions.Split(' '), e => Assert.NotNull(MediaFileType.Of("a." + e)));

    // The same under a culture whose capital of i is not I.
    [Fact]
    public void A_type_is_the_same_in_Turkish()
    {
        using CultureScope turkish = new("tr-TR");

        Assert.Equal("image/gif", MediaFileType.Of("A.GIF")?.MimeType);
        Assert.Equal("image/tiff", MediaFileType.Of("A.TIFF")?.MimeType);
    }

    private static string Sparse(string path, long length)
    {
        using FileStream file = new(path, FileMode.CreateNew);
        file.SetLength(length);
        return path;
    }
}
