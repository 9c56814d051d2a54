using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class LocalContentSendTests
{
    [Fact]
    public async Task An_archives_item_is_sent_under_its_own_name_and_known_the_next_time()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        byte[] bytes = new TestPicture().ToJpeg();
        SendRequest request = new(Item(new FakeContent(bytes))) { Description = "By the lake" };

        SendOutcome first = Assert.Single(await SendAsync(google, request));
        SendOutcome second = Assert.Single(await SendAsync(google, request));

        Assert.Equal(SendStatus.Created, first.Result?.Status);
        Assert.Equal("/archive.zip/picture", first.Request!.Path);
        Assert.Equal(SendStatus.AlreadyInLibrary, second.Result?.Status);
        MediaItem online = Assert.Single(await google.Client.MediaItems.AllAsync());
        Assert.Equal("IMG.jpg", online.FileName);
        Assert.Equal("By the lake", online.Description);
        Assert.Equal(bytes, await google.Http.GetByteArrayAsync(new Uri($"emulator/items/{online.Id}/original", UriKind.Relative)));
    }

    [Theory]
    [InlineData("IMG_7747", "IMG_7747.jpg")]
    [InlineData("PXL_1.MP", "PXL_1.MP.jpg")]
    [InlineData("IMG_1.PNG", "IMG_1.PNG")]
    public async Task What_its_name_does_not_tell_its_type_does(string fileName, string online)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        FakeContent content = new(new TestPicture().ToJpeg());

        await SendAsync(google, new SendRequest(new MediaItem { Id = "takeout-1", FileName = fileName, MimeType = "image/jpeg", Origin = content }));

        Assert.Equal(online, Assert.Single(await google.Client.MediaItems.AllAsync()).FileName);
    }

    [Fact]
    public async Task Bytes_that_go_in_chunks_are_read_anew_from_where_Google_got_to()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        byte[] bytes = [.. new TestPicture().ToJpeg(), .. new byte[3_000_000]];
        FakeContent content = new(bytes);
        await google.FaultAsync(new { path = "/v1/uploads", after = 1, breakAfterBytes = 700_000 });

        SendOutcome outcome = Assert.Single(await SendAsync(google, new SendRequest(Item(content)), new SendOptions { ResumableFrom = 1_000_000 }));

        Assert.Equal(SendStatus.Created, outcome.Result?.Status);
        Assert.True(content.Opened > 2);
        MediaItem online = Assert.Single(await google.Client.MediaItems.AllAsync());
        Assert.Equal(bytes, await google.Http.GetByteArrayAsync(new Uri($"emulator/items/{online.Id}/original", UriKind.Relative)));
    }

    [Fact]
    public async Task A_damaged_item_is_an_error_and_the_others_are_sent()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        SendRequest damaged = new(Item(new FakeContent(new TestPicture().ToJpeg()) { Damage = new FileReadFailedException("The checksum differs.", "/archive.zip") }));
        SendRequest whole = new(Item(new FakeContent(new TestPicture { Seed = "2" }.ToJpeg())));

        List<SendOutcome> outcomes = await SendAsync(google, damaged, whole);

        Assert.IsType<FileReadFailedException>(outcomes.Single(o => o.Request == damaged).Error);
        Assert.Equal(SendStatus.Created, outcomes.Single(o => o.Request == whole).Result?.Status);
        Assert.Single(await google.Client.MediaItems.AllAsync());
    }

    [Fact]
    public async Task An_item_that_is_online_has_nothing_to_send()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        SendOutcome outcome = Assert.Single(await SendAsync(google, new SendRequest(new MediaItem { Id = "x", FileName = "a.jpg" })));

        Assert.IsType<InvalidRequestException>(outcome.Error);
    }

    private static Task<List<SendOutcome>> SendAsync(TestGoogle google, params SendRequest[] requests) => SendAsync(google, requests, new SendOptions());

    private static Task<List<SendOutcome>> SendAsync(TestGoogle google, SendRequest request, SendOptions options) => SendAsync(google, [request], options);

    private static async Task<List<SendOutcome>> SendAsync(TestGoogle google, SendRequest[] requests, SendOptions options) =>
        await google.Client.Sender.SendAsync(requests.ToAsyncEnumerable(), options).ToListAsync();

    private static MediaItem Item(FakeContent content) => new() { Id = "takeout-1", FileName = "IMG.jpg", Length = content.Length, Origin = content };
}
