using System.Text;
using GPhotos.Core.Gallery;
using GPhotos.Tests.Support;
using SkiaSharp;

namespace GPhotos.Tests.Gallery;

public sealed class ThumbnailTests
{
    private const int Budget = 2100;

    [Theory]
    [InlineData(800, 600, 200, 150)]
    [InlineData(600, 800, 150, 200)]
    [InlineData(1000, 100, 200, 20)]
    [InlineData(40, 30, 40, 30)]
    [InlineData(3000, 1, 200, 1)]
    public async Task Fits_into_its_size_and_is_never_made_larger(int width, int height, int expectedWidth, int expectedHeight)
    {
        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.Plain(width, height, SKColors.Teal));

        Assert.Equal((expectedWidth, expectedHeight), (thumbnail!.Width, thumbnail.Height));
        using SKBitmap decoded = SKBitmap.Decode(thumbnail.WebP.ToArray());
        Assert.Equal((expectedWidth, expectedHeight), (decoded.Width, decoded.Height));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(7)]
    [InlineData(8)]
    public async Task Stands_upright(int orientation)
    {
        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.Turned(640, 480, orientation));

        Assert.Equal((200, 150), (thumbnail!.Width, thumbnail.Height));
        Assert.All(DrawnPicture.QuartersOf(thumbnail.WebP.ToArray()).Zip(DrawnPicture.Corners), q => Assert.True(q.First.IsLike(q.Second), $"{q.First} is not {q.Second}"));
    }

    [Theory]
    [InlineData(SKEncodedImageFormat.Png)]
    [InlineData(SKEncodedImageFormat.Webp)]
    [InlineData(SKEncodedImageFormat.Jpeg)]
    public async Task Comes_of_what_browsers_show(SKEncodedImageFormat format)
    {
        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.Plain(500, 500, SKColors.Orange, format));

        Assert.All(DrawnPicture.QuartersOf(thumbnail!.WebP.ToArray()), c => Assert.True(c.IsLike(SKColors.Orange)));
    }

    [Fact]
    public async Task Weighs_two_kilobytes_even_where_nothing_can_be_squeezed()
    {
        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.Noise(800, 600));

        Assert.InRange(thumbnail!.WebP.Length, 200, Budget);
    }

    [Fact]
    public async Task Holds_no_metadata()
    {
        byte[] withPlace = await File.ReadAllBytesAsync(Repository.PathOf("samples", "photos", "open-ocean.jpg"));
        Assert.Contains("Exif", Encoding.Latin1.GetString(withPlace), StringComparison.Ordinal);

        Thumbnail? thumbnail = await MakeAsync(withPlace);

        string bytes = Encoding.Latin1.GetString(thumbnail!.WebP.Span);
        Assert.StartsWith("RIFF", bytes, StringComparison.Ordinal);
        // The plain form of the format has no room for metadata.
        Assert.Equal("WEBPVP8 ", bytes.Substring(8, 8));
        Assert.InRange(bytes.Length, 200, Budget);
    }

    [Fact]
    public async Task Is_the_cameras_preview_where_that_shows_the_same()
    {
        byte[] preview = DrawnPicture.Plain(160, 120, SKColors.Lime);

        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.WithExif(DrawnPicture.Plain(800, 600, SKColors.Red), [0, 1, 2, 3, .. preview]));

        Assert.True(DrawnPicture.QuartersOf(thumbnail!.WebP.ToArray())[0].IsLike(SKColors.Lime));
    }

    [Theory]
    [InlineData(160, 120, 800, 534)]
    [InlineData(80, 60, 800, 600)]
    public async Task Is_not_a_preview_that_shows_something_else_or_less(int previewWidth, int previewHeight, int width, int height)
    {
        byte[] preview = DrawnPicture.Plain(previewWidth, previewHeight, SKColors.Lime);

        Thumbnail? thumbnail = await MakeAsync(DrawnPicture.WithExif(DrawnPicture.Plain(width, height, SKColors.Red), [0, 1, 2, 3, .. preview]));

        Assert.True(DrawnPicture.QuartersOf(thumbnail!.WebP.ToArray())[0].IsLike(SKColors.Red));
    }

    [Fact]
    public async Task Of_what_cannot_be_decoded_is_the_smallest_preview_that_is_large_enough()
    {
        byte[] file =
        [
            .. "II*\0"u8, .. new byte[500], .. DrawnPicture.Plain(120, 80, SKColors.Red), .. new byte[100], .. DrawnPicture.Plain(480, 320, SKColors.Lime),
            .. DrawnPicture.Plain(1200, 800, SKColors.Blue), .. new byte[5000],
        ];

        Thumbnail? thumbnail = await MakeAsync(file);

        Assert.Equal((200, 133), (thumbnail!.Width, thumbnail.Height));
        Assert.True(DrawnPicture.QuartersOf(thumbnail.WebP.ToArray())[0].IsLike(SKColors.Lime));
    }

    [Fact]
    public async Task There_is_none_of_what_nobody_can_show()
    {
        Assert.Null(await MakeAsync(TestPicture.Heic));
        Assert.Null(await MakeAsync([]));
        Assert.Null(await MakeAsync("no picture at all"u8.ToArray()));
        // Everything looks like a beginning.
        Assert.Null(await MakeAsync([.. Enumerable.Repeat<byte[]>([0xFF, 0xD8, 0xFF], 50_000).SelectMany(b => b)]));
    }

    [Theory]
    [InlineData(65_000, 65_000)]
    [InlineData(20_000, 20_000)]
    public async Task A_picture_that_pretends_to_be_huge_is_refused_before_it_takes_memory(int width, int height)
    {
        byte[] png = new TestPicture { Width = width, Height = height }.ToPng();
        byte[] jpeg = new TestPicture { Width = width, Height = height }.ToJpeg();
        long before = Environment.WorkingSet;

        Assert.Null(await MakeAsync(png));
        Assert.Null(await MakeAsync(jpeg));

        Assert.InRange(Environment.WorkingSet - before, long.MinValue, 100_000_000);
    }

    [Fact]
    public async Task A_picture_that_was_cut_off_shows_what_is_there_or_nothing()
    {
        byte[] whole = DrawnPicture.Noise(300, 300);
        for (int length = 0; length < whole.Length; length += whole.Length / 7)
        {
            Thumbnail? thumbnail = await MakeAsync(whole[..length]);
            Assert.True(thumbnail is null or { Width: 200, Height: 200 });
        }
    }

    private static async Task<Thumbnail?> MakeAsync(byte[] picture)
    {
        using ThumbnailMaker maker = new(GalleryOptions.DefaultThumbnailSize);
        using MemoryStream stream = new(picture);
        return await maker.MakeAsync(stream, CancellationToken.None);
    }
}
