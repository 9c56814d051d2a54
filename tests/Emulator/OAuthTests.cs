using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class OAuthTests
{
    private const string Both = $"{SignIn.Append} {SignIn.Read}";
    private const string Pick = "https://www.googleapis.com/auth/photospicker.mediaitems.readonly";

    private static string Box(string scope) => $"<input type=\"checkbox\" name=\"scope\" value=\"{scope}\" checked>";

    [Fact]
    public async Task Consent_page_has_a_ticked_box_for_each_scope()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (_, string page) = await SignIn.OpenAsync(emulator, ("scope", Both), ("state", "st&te"));
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Contains(Box(SignIn.Append), page, StringComparison.Ordinal);
        Assert.Contains(Box(SignIn.Read), page, StringComparison.Ordinal);
        Assert.Contains("name=\"state\" value=\"st&te\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_becomes_tokens_once_and_refreshing_gives_no_new_refresh_token()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await SignIn.AllowAsync(emulator, null, ("scope", Both), ("state", "st&te"));
        Assert.Equal("st&te", answer["state"]);

        (HttpStatusCode status, JsonElement tokens) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal((Both, "Bearer", 3599), (tokens.Text("scope"), tokens.Text("token_type"), tokens.GetProperty("expires_in").GetInt32()));
        emulator.Authorize(tokens.Text("access_token"));
        await emulator.GetAsync("v1/mediaItems");

        (HttpStatusCode again, JsonElement refused) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (again, refused.Text("error")));

        (_, JsonElement fresh) = await SignIn.RefreshAsync(emulator, tokens.Text("refresh_token"));
        Assert.False(fresh.Has("refresh_token"));
        Assert.NotEqual(tokens.Text("access_token"), fresh.Text("access_token"));
    }

    [Fact]
    public async Task The_scope_of_the_Picker_is_granted_beside_those_that_were_there()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (_, string page) = await SignIn.OpenAsync(emulator, ("scope", $"{SignIn.Append} {Pick}"));
        Assert.Contains(Box(Pick), page, StringComparison.Ordinal);
        foreach (string asked in (string[])[SignIn.Append, $"{SignIn.Append} {Pick}"])
        {
            var answer = await SignIn.AllowAsync(emulator, null, ("scope", asked));
            (_, JsonElement tokens) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
            Assert.Equal(asked, tokens.Text("scope"));
            emulator.Authorize(tokens.Text("access_token"));
            await emulator.PostAsync("v1/albums", new { album = new { title = "T" } });
            await emulator.PostAsync("picker/v1/sessions", new { }, asked == SignIn.Append ? HttpStatusCode.Forbidden : HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task An_unticked_scope_is_not_granted()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await SignIn.AllowAsync(emulator, [SignIn.Append], ("scope", Both));
        Assert.Equal(SignIn.Append, answer["scope"]);
        (_, JsonElement tokens) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal(SignIn.Append, tokens.Text("scope"));
        emulator.Authorize(tokens.Text("access_token"));
        await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Cancel_comes_back_as_access_denied()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await SignIn.AllowAsync(emulator, null, ("scope", Both), ("state", "st&te"), ("decision", "cancel"));
        Assert.Equal(("access_denied", "st&te", null), (answer["error"], answer["state"], answer["code"]));
    }

    [Theory]
    [InlineData("client_id", "stranger", HttpStatusCode.Unauthorized, "The OAuth client was not found.", "invalid_client")]
    [InlineData("response_type", "token", HttpStatusCode.BadRequest, "response_type must be code.", "unsupported_response_type")]
    [InlineData("scope", "made.up", HttpStatusCode.BadRequest, "Some requested scopes were invalid: made.up", "invalid_scope")]
    [InlineData("scope", null, HttpStatusCode.BadRequest, "Missing required parameter: scope", "invalid_request")]
    public async Task Authorization_requests_that_are_wrong_end_on_a_page(
        string field, string? value, HttpStatusCode expected, string says, string code)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, (field, value));
        Assert.Equal(expected, status);
        Assert.Contains($"<p>{says}</p><p>Error {(int)expected}: {code}</p>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Credentials_may_come_in_a_basic_header()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (_, string refreshToken) = await emulator.IssueAsync();
        emulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String("emulator-client:emulator-secret"u8));
        (HttpStatusCode status, _) = await SignIn.RefreshAsync(emulator, refreshToken, ("client_id", null), ("client_secret", null));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Tokeninfo_knows_the_scopes_that_no_method_takes_any_more()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, _) = await emulator.IssueAsync("photoslibrary.readonly");
        JsonElement info = await emulator.GetAsync($"tokeninfo?access_token={access}");
        Assert.Equal("https://www.googleapis.com/auth/photoslibrary.readonly", info.Text("scope"));
    }

    [Fact]
    public async Task Client_secret_files_point_here()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement desktop = (await emulator.GetAsync("emulator/client_secret.json")).GetProperty("installed");
        Assert.Equal(new Uri(emulator.Address, "token"), new Uri(desktop.Text("token_uri")));
        Assert.True((await emulator.GetAsync("emulator/client_secret_web.json")).Has("web"));
    }
}
