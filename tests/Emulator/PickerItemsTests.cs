using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>What the Picker lists of a session.</summary>
public sealed class PickerItemsTests
{
    private static async Task<List<JsonElement>> AllPagesAsync(TestEmulator emulator, string session, int pageSize)
    {
        List<JsonElement> pages = [];
        string? token = null;
        do
        {
            pages.Add(await emulator.ListAsync(session, $"&pageSize={pageSize}&pageToken={token}"));
            token = pages[^1].NextPageToken();
        }
        while (token is not null);
        return pages;
    }

    [Fact]
    public async Task Nothing_is_listed_before_the_user_is_done()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        await emulator.SeedAsync(new { });
        string id = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.PickAsync(id, new { all = true, done = false });
        JsonElement refused = await emulator.RefusedAsync($"picker/v1/mediaItems?sessionId={id}", HttpStatusCode.BadRequest);
        Assert.Equal("FAILED_PRECONDITION", refused.Text("status"));
        await emulator.PickAsync(id, new { ids = Array.Empty<string>() });
        Assert.Equal("{}", (await emulator.ListAsync(id)).GetRawText());
    }

    [Fact]
    public async Task A_photo_has_the_shape_that_Google_documents()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string library = (await emulator.SeedAsync(new
        {
            foreign = true,
            fileName = "PXL_1.jpg",
            description = "not told",
            contentBase64 = Convert.ToBase64String(TinyJpeg.Make()),
        }))[0];
        string id = await emulator.PickAllAsync();
        JsonElement item = (await emulator.ListAsync(id)).Items().Single();
        JsonElement file = item.GetProperty("mediaFile");
        Assert.Equal(["id", "createTime", "type", "mediaFile"], item.EnumerateObject().Select(member => member.Name));
        Assert.Equal(["baseUrl", "mimeType", "filename", "mediaFileMetadata"], file.EnumerateObject().Select(member => member.Name));
        Assert.Matches("^[A-Za-z0-9_-]{98}$", item.Text("id"));
        Assert.NotEqual(library, item.Text("id"));
        Assert.Equal(("2013-07-26T10:11:12Z", "PHOTO"), (item.Text("createTime"), item.Text("type")));
        Assert.Equal(("image/jpeg", "PXL_1.jpg"), (file.Text("mimeType"), file.Text("filename")));
        Assert.Equal(
            """{"width":64,"height":48,"cameraMake":"Acme","photoMetadata":{"focalLength":35,"apertureFNumber":2.8,"isoEquivalent":200,"exposureTime":"0.008s"}}""",
            file.GetProperty("mediaFileMetadata").GetRawText());

        await emulator.PostAsync("emulator/picker", new { cameraInPhotoMetadata = true });
        JsonElement inside = (await emulator.ListAsync(id)).Items().Single().GetProperty("mediaFile").GetProperty("mediaFileMetadata");
        Assert.False(inside.Has("cameraMake"));
        Assert.Equal("Acme", inside.GetProperty("photoMetadata").Text("cameraMake"));
        Assert.Equal(item.Text("id"), (await emulator.ListAsync(id)).Ids().Single());
    }

    [Fact]
    public async Task A_photo_that_tells_nothing_has_no_photo_metadata()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        await emulator.SeedAsync(new { mimeType = "image/jpeg", fileName = "" });
        JsonElement file = (await emulator.ListAsync(await emulator.PickAllAsync())).Items().Single().GetProperty("mediaFile");
        Assert.False(file.Has("filename"));
        Assert.False(file.GetProperty("mediaFileMetadata").Has("photoMetadata"));
        Assert.True(file.GetProperty("mediaFileMetadata").Has("cameraModel"));
    }

    [Fact]
    public async Task Videos_tell_how_far_they_are()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        await emulator.SeedAsync(new object[]
        {
            new { mimeType = "video/mp4", creationTime = "2023-01-01T00:00:00Z" },
            new { mimeType = "video/mp4", creationTime = "2022-01-01T00:00:00Z", processingSeconds = 60 },
            new { mimeType = "video/quicktime", creationTime = "2021-01-01T00:00:00Z", failed = true },
        });
        JsonElement[] items = (await emulator.ListAsync(await emulator.PickAllAsync())).Items();
        Assert.All(items, item => Assert.Equal("VIDEO", item.Text("type")));
        Assert.Equal(
            [
                """{"width":1920,"height":1080,"videoMetadata":{"fps":30,"processingStatus":"READY"}}""",
                """{"width":1920,"height":1080,"videoMetadata":{"fps":30,"processingStatus":"PROCESSING"}}""",
                """{"width":1920,"height":1080,"videoMetadata":{"fps":30,"processingStatus":"FAILED"}}""",
            ],
            items.Select(item => item.GetProperty("mediaFile").GetProperty("mediaFileMetadata").GetRawText()));
    }

    [Fact]
    public async Task Pages_are_of_50_and_at_most_of_100()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 230 });
        string id = await emulator.PickAllAsync();
        Assert.Equal(50, (await emulator.ListAsync(id)).Ids().Length);
        Assert.Equal([100, 100, 30], (await AllPagesAsync(emulator, id, 5000)).Select(page => page.Ids().Length));
        List<JsonElement> pages = await AllPagesAsync(emulator, id, 70);
        Assert.Equal([70, 70, 70, 20], pages.Select(page => page.Ids().Length));
        Assert.Equal(230, pages.SelectMany(page => page.Ids()).Distinct().Count());
    }

    [Fact]
    public async Task Tokens_belong_to_their_session_and_page_size()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 5 });
        (string id, string other) = (await emulator.PickAllAsync(), await emulator.PickAllAsync());
        string token = (await emulator.ListAsync(id, "&pageSize=2")).NextPageToken()!;
        Assert.Equal(2, (await emulator.ListAsync(id, $"&pageSize=2&pageToken={token}")).Ids().Length);
        foreach (string path in (string[])
            [$"sessionId={other}&pageSize=2&pageToken={token}", $"sessionId={id}&pageSize=3&pageToken={token}", $"sessionId={id}&pageToken=x",
             $"sessionId={id}&pageSize=-1", "pageSize=2"])
        {
            Assert.Equal("INVALID_ARGUMENT", (await emulator.RefusedAsync($"picker/v1/mediaItems?{path}", HttpStatusCode.BadRequest)).Text("status"));
        }
    }

    [Fact]
    public async Task Odd_pages_come_where_they_are_switched_on()
    {
        EmulatorOptions options = new() { ForeignItems = 12, EmptyPages = true, ShortPages = true, TrailingPageToken = true, RepeatAtPageSeams = true };
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: options);
        List<JsonElement> pages = await AllPagesAsync(emulator, await emulator.PickAllAsync(), 6);
        Assert.Equal([3, 0, 6, 0, 3, 0, 3, 0], pages.Select(page => page.Ids().Length));
        Assert.Equal(12, pages.SelectMany(page => page.Ids()).Distinct().Count());
    }

    [Fact]
    public async Task Foreign_items_are_the_Pickers_alone()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { Items = 3, ForeignItems = 300 });
        string id = await emulator.PickAllAsync();
        JsonElement[] items = [.. (await AllPagesAsync(emulator, id, 100)).SelectMany(page => page.Items())];
        Assert.Equal(303, items.Select(item => item.Text("id")).Distinct().Count());
        Assert.Equal(303, items.Select(item => item.GetProperty("mediaFile").Text("filename")).Distinct().Count());
        Assert.Equal(303, items.Select(item => item.Text("createTime")).Distinct().Count());
        Assert.Equal(
            ["image/gif", "image/heic", "image/jpeg", "image/png", "video/mp4", "video/quicktime"],
            items.Select(item => item.GetProperty("mediaFile").Text("mimeType")).Distinct().Order(StringComparer.Ordinal));

        await emulator.BecomeAsync(scope: "photoslibrary.readonly.appcreateddata");
        Assert.Equal(3, (await emulator.GetAsync("v1/mediaItems?pageSize=100")).Ids().Length);
        string pickerId = items[0].Text("id");
        JsonElement refused = await emulator.RefusedAsync($"v1/mediaItems/{pickerId}", HttpStatusCode.BadRequest);
        Assert.Equal("INVALID_ARGUMENT", refused.Text("status"));
    }

    [Fact]
    public async Task An_upload_of_what_was_picked_leads_to_an_item_that_the_Library_does_not_know()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 1 });
        string picked = (await emulator.ListAsync(await emulator.PickAllAsync())).Ids().Single();
        byte[] original = await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{picked}/original", UriKind.Relative));
        emulator.Authorize((await emulator.IssueAsync()).AccessToken);
        JsonElement created = await emulator.AddAsync(original, "again.jpg");
        Assert.Equal("PXL_20200101_000230.jpg", created.Text("filename"));
        JsonElement refused = await emulator.RefusedAsync($"v1/mediaItems/{created.Text("id")}", HttpStatusCode.BadRequest);
        Assert.Equal("INVALID_ARGUMENT", refused.Text("status"));
        JsonElement shown = (await emulator.GetAsync("emulator/items")).EnumerateArray().Single();
        Assert.Equal((created.Text("id"), picked), (shown.Text("id"), shown.Text("pickerId")));
    }

    [Fact]
    public async Task What_left_the_library_leaves_the_list()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string[] ids = await emulator.SeedAsync(new { count = 3 });
        string session = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.PickAsync(session, new { ids });
        string[] listed = (await emulator.ListAsync(session)).Ids();
        using HttpResponseMessage removed = await emulator.Http.DeleteAsync(new Uri($"emulator/items/{ids[1]}", UriKind.Relative));
        Assert.Equal([listed[0], listed[2]], (await emulator.ListAsync(session)).Ids());
    }
}
