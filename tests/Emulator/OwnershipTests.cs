using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>A project sees only what it made itself for a user; the rest of the library is there all the same.</summary>
public sealed class OwnershipTests
{
    private const string NoSuchItem = "Request contains an invalid media item id.";

    private static async Task<(string Id, byte[] Bytes)> ForeignAsync(TestEmulator emulator)
    {
        byte[] bytes = TinyJpeg.Make(seed: "from the phone");
        string[] ids = await emulator.SeedAsync(
            new { foreign = true, fileName = "PXL_1.jpg", contentBase64 = Convert.ToBase64String(bytes) });
        return (ids[0], bytes);
    }

    private static async Task<string> AlbumAsync(TestEmulator emulator) =>
        (await emulator.PostAsync("v1/albums", new { album = new { title = "T" } })).Text("id");

    private static async Task UseAsync(TestEmulator emulator, object who) =>
        emulator.Authorize((await emulator.PostAsync("emulator/tokens", who)).Text("access_token"));

    [Fact]
    public async Task A_foreign_item_is_nowhere_to_be_seen()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string id, _) = await ForeignAsync(emulator);
        string album = await AlbumAsync(emulator);
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Empty((await emulator.SearchAsync(new { })).Ids());
        Assert.Equal("Invalid media item ID.", (await emulator.RefusedAsync($"v1/mediaItems/{id}", HttpStatusCode.BadRequest)).Text("message"));
        JsonElement results = (await emulator.GetAsync($"v1/mediaItems:batchGet?mediaItemIds={id}")).GetProperty("mediaItemResults");
        Assert.Equal(3, results[0].Code());
        JsonElement refused = await emulator.PostAsync(
            $"v1/albums/{album}:batchAddMediaItems", new { mediaItemIds = new[] { id } }, HttpStatusCode.BadRequest);
        Assert.Equal(NoSuchItem, refused.GetProperty("error").Text("message"));
        using HttpResponseMessage patched = await emulator.Http.PatchAsJsonAsync(
            $"v1/mediaItems/{id}?updateMask=description", new { description = "x" });
        Assert.Equal(HttpStatusCode.BadRequest, patched.StatusCode);

        JsonElement shown = (await emulator.GetAsync("emulator/items"))[0];
        Assert.True(shown.GetProperty("foreign").GetBoolean());
        Assert.Equal((id, JsonValueKind.Null), (shown.Text("id"), shown.GetProperty("project").ValueKind));
    }

    [Fact]
    public async Task The_same_bytes_resolve_to_a_foreign_item_that_can_be_added_at_creation_only()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string id, byte[] bytes) = await ForeignAsync(emulator);
        string album = await AlbumAsync(emulator);
        string token = await emulator.UploadAsync(bytes, "mine.jpg");
        JsonElement result = (await emulator.PostAsync("v1/mediaItems:batchCreate", new
        {
            albumId = album,
            newMediaItems = new[] { new { simpleMediaItem = new { uploadToken = token, fileName = "mine.jpg" } } },
        })).GetProperty("newMediaItemResults")[0];
        Assert.Null(result.Code());
        Assert.Equal((id, "PXL_1.jpg"), (result.GetProperty("mediaItem").Text("id"), result.GetProperty("mediaItem").Text("filename")));

        JsonElement content = (await emulator.GetAsync($"emulator/albums/{album}/items"))[0];
        Assert.Equal((id, "PXL_1.jpg"), (content.Text("id"), content.Text("fileName")));
        Assert.Equal([album], content.GetProperty("albumIds").EnumerateArray().Select(one => one.GetString()));
        Assert.Equal("1", (await emulator.GetAsync($"v1/albums/{album}")).Text("mediaItemsCount"));
        foreach (string method in (string[])["batchAddMediaItems", "batchRemoveMediaItems"])
        {
            JsonElement refused = await emulator.PostAsync(
                $"v1/albums/{album}:{method}", new { mediaItemIds = new[] { id } }, HttpStatusCode.BadRequest);
            Assert.Equal(NoSuchItem, refused.GetProperty("error").Text("message"));
        }

        Assert.Empty((await emulator.SearchAsync(new { albumId = album })).Ids());
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Single((await emulator.GetAsync("emulator/items")).EnumerateArray());
        await emulator.PostAsync(
            $"v1/albums/{album}:addEnrichment",
            new { newEnrichmentItem = new { textEnrichment = new { text = "x" } }, albumPosition = new { position = "AFTER_MEDIA_ITEM", relativeMediaItemId = id } },
            HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_foreign_item_of_made_up_bytes_is_resolved_to_as_well()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { foreign = true, size = 5000 }))[0];
        byte[] bytes = await emulator.Http.GetByteArrayAsync(new Uri($"emulator/items/{id}/original", UriKind.Relative));
        Assert.Equal(id, (await emulator.AddAsync(bytes)).Text("id"));
    }

    [Fact]
    public async Task A_foreign_album_is_not_to_be_seen_nor_added_to()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement made = await emulator.PostAsync("emulator/albums", new { title = "Holidays", foreign = true });
        string album = made.Text("id");
        Assert.True(made.GetProperty("foreign").GetBoolean());
        Assert.Empty((await emulator.GetAsync("v1/albums")).Ids("albums"));
        await emulator.RefusedAsync($"v1/albums/{album}", HttpStatusCode.NotFound);
        await emulator.SearchAsync(new { albumId = album }, HttpStatusCode.NotFound);

        string token = await emulator.UploadAsync(TinyJpeg.Make());
        object batch = new { albumId = album, newMediaItems = new[] { new { simpleMediaItem = new { uploadToken = token } } } };
        string own = (await emulator.SeedAsync(new { }))[0];
        foreach ((string path, object body) in ((string, object)[])
            [("v1/mediaItems:batchCreate", batch), ($"v1/albums/{album}:batchAddMediaItems", new { mediaItemIds = new[] { own } })])
        {
            JsonElement error = (await emulator.PostAsync(path, body, HttpStatusCode.BadRequest)).GetProperty("error");
            Assert.Equal(
                ("No permission to add media items to this album.", "INVALID_ARGUMENT"), (error.Text("message"), error.Text("status")));
        }

        Assert.Equal([own], (await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Equal("Holidays", (await emulator.GetAsync("emulator/albums"))[0].Text("title"));
    }

    [Theory]
    [InlineData("project")]
    [InlineData("user")]
    public async Task What_one_made_another_does_not_see(string other)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] bytes = TinyJpeg.Make();
        string id = (await emulator.AddAsync(bytes, "first.jpg")).Text("id");
        string album = await AlbumAsync(emulator);
        string token = await emulator.UploadAsync(TinyJpeg.Make(seed: "2"));
        Uri session = await new ResumableClient(emulator.Http).StartAsync(10);
        bool sameUser = other == "project";
        await UseAsync(emulator, sameUser ? new { project = "second" } : new { user = "second" });

        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Empty((await emulator.GetAsync("v1/albums")).Ids("albums"));
        await emulator.RefusedAsync($"v1/albums/{album}", HttpStatusCode.NotFound);
        await emulator.RefusedAsync($"v1/mediaItems/{id}", HttpStatusCode.BadRequest);
        JsonElement stolen = await emulator.CreateAsync(HttpStatusCode.OK, token);
        Assert.Equal(3, stolen.GetProperty("newMediaItemResults")[0].Code());
        UploadAnswer query = await new ResumableClient(emulator.Http).CommandAsync(session, "query");
        Assert.Equal((HttpStatusCode.NotFound, null), (query.Status, query.UploadStatus));

        // The library is the user's: another project finds the bytes there, another user does not.
        JsonElement again = await emulator.AddAsync(bytes, "second.jpg");
        Assert.Equal(sameUser, again.Text("id") == id);
        Assert.Equal(sameUser ? "first.jpg" : "second.jpg", again.Text("filename"));
        Assert.Equal(sameUser ? 0 : 1, (await emulator.GetAsync("v1/mediaItems")).Ids().Length);
        await UseAsync(emulator, new { });
        Assert.Equal([id], (await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Equal([album], (await emulator.GetAsync("v1/albums")).Ids("albums"));
    }

    [Fact]
    public async Task Another_projects_client_signs_in_and_sees_a_library_of_its_own()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.AddAsync(TinyJpeg.Make());
        JsonElement secret = (await emulator.GetAsync("emulator/client_secret.json?project=second")).GetProperty("installed");
        Assert.Equal("second", secret.Text("project_id"));
        string client = secret.Text("client_id");
        const string Redirect = "http://127.0.0.1:9/";
        const string Scope = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";
        Dictionary<string, string> consent = new()
        {
            ["client_id"] = client,
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["requested_scope"] = Scope,
            ["scope"] = Scope,
            ["decision"] = "allow",
        };
        using FormUrlEncodedContent form = new(consent);
        using HttpResponseMessage allowed = await emulator.Http.PostAsync(new Uri("o/oauth2/v2/auth", UriKind.Relative), form);
        string code = System.Web.HttpUtility.ParseQueryString(allowed.Headers.Location!.Query)["code"]!;
        async Task<HttpResponseMessage> ExchangeAsync(string grant, string name, string value)
        {
            using FormUrlEncodedContent exchange = new(new Dictionary<string, string>
            {
                ["grant_type"] = grant,
                [name] = value,
                ["client_id"] = client,
                ["client_secret"] = secret.Text("client_secret"),
                ["redirect_uri"] = Redirect,
            });
            return await emulator.Http.PostAsync(new Uri("token", UriKind.Relative), exchange);
        }

        using HttpResponseMessage exchanged = await ExchangeAsync("authorization_code", "code", code);
        JsonElement tokens = await exchanged.Content.ReadFromJsonAsync<JsonElement>();
        emulator.Authorize(tokens.Text("access_token"));
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        using HttpResponseMessage refreshed = await ExchangeAsync("refresh_token", "refresh_token", tokens.Text("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, refreshed.StatusCode);

        // The first project's refresh token is none of this client's.
        using HttpResponseMessage others = await ExchangeAsync("refresh_token", "refresh_token", (await emulator.IssueAsync()).RefreshToken);
        Assert.Equal("invalid_grant", (await others.Content.ReadFromJsonAsync<JsonElement>()).Text("error"));
    }

    [Fact]
    public async Task Revoking_one_project_leaves_the_other()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string second = (await emulator.PostAsync("emulator/tokens", new { project = "second" })).Text("access_token");
        using FormUrlEncodedContent revoke = new([new("token", second)]);
        using HttpResponseMessage revoked = await emulator.Http.PostAsync(new Uri("revoke", UriKind.Relative), revoke);
        await emulator.GetAsync("v1/mediaItems");
        emulator.Authorize(second);
        await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Unauthorized);
    }
}
