using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ScopeTests
{
    [Fact]
    public async Task A_missing_or_dead_token_is_told_in_Googles_words()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        await emulator.GetAsync("v1/mediaItems");
        clock.Advance(TimeSpan.FromHours(1));

        JsonElement expired = await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Unauthorized);
        Assert.Equal("UNAUTHENTICATED", expired.Text("status"));
        Assert.StartsWith("Request had invalid authentication credentials.", expired.Text("message"), StringComparison.Ordinal);

        emulator.Authorize(null);
        using HttpResponseMessage none = await emulator.Http.GetAsync(new Uri("v1/albums", UriKind.Relative));
        Assert.Equal(HttpStatusCode.Unauthorized, none.StatusCode);
        Assert.Equal("Bearer", none.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Theory]
    [InlineData("photoslibrary.appendonly", "v1/mediaItems", "ListMediaItems")]
    [InlineData("photoslibrary.edit.appcreateddata", "v1/albums", "ListAlbums")]
    [InlineData("photoslibrary.readonly", "v1/mediaItems", "ListMediaItems")]
    public async Task Methods_refuse_tokens_of_other_scopes(string scope, string path, string rpc)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        emulator.Authorize((await emulator.IssueAsync(scope)).AccessToken);

        JsonElement error = await emulator.RefusedAsync(path, HttpStatusCode.Forbidden);
        Assert.Equal("Request had insufficient authentication scopes.", error.Text("message"));
        JsonElement info = error.GetProperty("details")[0];
        Assert.Equal("ACCESS_TOKEN_SCOPE_INSUFFICIENT", info.Text("reason"));
        Assert.EndsWith($".PhotosLibrary.{rpc}", info.GetProperty("metadata").Text("method"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Legacy_errors_come_with_alt_json_only()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement legacy = await emulator.RefusedAsync("v1/mediaItems/nothing?alt=json", HttpStatusCode.BadRequest);
        Assert.Equal("badRequest", legacy.GetProperty("errors")[0].Text("reason"));
        Assert.False((await emulator.RefusedAsync("v1/mediaItems/nothing", HttpStatusCode.BadRequest)).Has("errors"));
    }

    [Fact]
    public async Task Uploads_tell_a_missing_scope_as_a_bare_status()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        emulator.Authorize((await emulator.IssueAsync("photoslibrary.readonly.appcreateddata")).AccessToken);

        using HttpResponseMessage response = await emulator.SendUploadAsync(TinyJpeg.Make());
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
        Assert.Equal(16, body.GetProperty("code").GetInt32());
        Assert.Equal("Authentication session is not defined.", body.Text("message"));
    }

    [Theory]
    [InlineData("GET", "v1/sharedAlbums")]
    [InlineData("GET", "v1/sharedAlbums/some")]
    [InlineData("POST", "v1/sharedAlbums:join")]
    [InlineData("POST", "v1/albums/some:share")]
    [InlineData("POST", "v1/albums/some:unshare")]
    public async Task Sharing_is_gone(string method, string path)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using HttpRequestMessage request = new(new HttpMethod(method), path);
        using HttpResponseMessage response = await emulator.Http.SendAsync(request);
        JsonElement body = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Equal("PERMISSION_DENIED", body.GetProperty("error").Text("status"));
    }

    [Fact]
    public async Task The_removed_scopes_work_where_they_are_switched_on()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { GrantLegacyScopes = true });
        emulator.Authorize((await emulator.IssueAsync("photoslibrary")).AccessToken);
        await emulator.GetAsync("v1/mediaItems");
        Assert.Equal("{}", (await emulator.GetAsync("v1/sharedAlbums")).GetRawText());
        await emulator.AddAsync(TinyJpeg.Make());
    }
}
