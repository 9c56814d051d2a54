using System.Buffers.Text;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class OAuthTests
{
    private const string Redirect = "http://127.0.0.1:9/callback/";
    private const string Append = "https://www.googleapis.com/auth/photoslibrary.appendonly";
    private const string Read = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";
    private static readonly string Verifier = new('v', 43);

    private static string Challenge => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier)));

    private static Dictionary<string, string> Request() => new()
    {
        ["client_id"] = "emulator-client",
        ["redirect_uri"] = Redirect,
        ["response_type"] = "code",
        ["state"] = "st&te",
        ["code_challenge"] = Challenge,
        ["code_challenge_method"] = "S256",
    };

    private static Task<System.Collections.Specialized.NameValueCollection> DecideAsync(
        TestEmulator emulator, string decision, params string[] ticked) => DecideAsync(emulator, decision, $"{Append} {Read}", ticked);

    private static async Task<System.Collections.Specialized.NameValueCollection> DecideAsync(
        TestEmulator emulator, string decision, string asked, string[] ticked)
    {
        List<KeyValuePair<string, string>> form = [.. Request(), new("requested_scope", asked), new("decision", decision)];
        form.AddRange(ticked.Select(scope => KeyValuePair.Create("scope", scope)));
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("o/oauth2/v2/auth", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith(Redirect + "?", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return HttpUtility.ParseQueryString(response.Headers.Location.Query);
    }

    private static async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(
        TestEmulator emulator, params (string Name, string Value)[] fields)
    {
        Dictionary<string, string> form = new()
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "emulator-client",
            ["client_secret"] = "emulator-secret",
            ["redirect_uri"] = Redirect,
            ["code_verifier"] = Verifier,
        };
        foreach ((string name, string value) in fields)
        {
            form[name] = value;
        }

        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("token", UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    [Fact]
    public async Task Consent_page_has_a_ticked_box_for_each_scope()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string query = string.Join('&', Request().Append(new("scope", $"{Append} {Read}"))
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        string page = await emulator.Http.GetStringAsync(new Uri("o/oauth2/v2/auth?" + query, UriKind.Relative));
        Assert.Contains("<form method=\"post\">", page, StringComparison.Ordinal);
        Assert.Contains($"<input type=\"checkbox\" name=\"scope\" value=\"{Append}\" checked>", page, StringComparison.Ordinal);
        Assert.Contains($"<input type=\"checkbox\" name=\"scope\" value=\"{Read}\" checked>", page, StringComparison.Ordinal);
        Assert.Contains("name=\"state\" value=\"st&amp;te\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_code_becomes_tokens_once_and_refreshing_gives_no_new_refresh_token()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await DecideAsync(emulator, "allow", Append, Read);
        Assert.Equal("st&te", answer["state"]);

        (HttpStatusCode status, JsonElement tokens) = await TokenAsync(emulator, ("code", answer["code"]!));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal($"{Append} {Read}", tokens.Text("scope"));
        Assert.Equal("Bearer", tokens.Text("token_type"));
        Assert.Equal(3599, tokens.GetProperty("expires_in").GetInt32());
        emulator.Authorize(tokens.Text("access_token"));
        await emulator.GetAsync("v1/mediaItems");

        (HttpStatusCode again, JsonElement refused) = await TokenAsync(emulator, ("code", answer["code"]!));
        Assert.Equal((HttpStatusCode.BadRequest, "invalid_grant"), (again, refused.Text("error")));

        (_, JsonElement fresh) = await TokenAsync(
            emulator, ("grant_type", "refresh_token"), ("refresh_token", tokens.Text("refresh_token")));
        Assert.False(fresh.Has("refresh_token"));
        Assert.NotEqual(tokens.Text("access_token"), fresh.Text("access_token"));
    }

    [Theory]
    [InlineData("code_verifier", "wrong", HttpStatusCode.BadRequest, "invalid_grant", "Invalid code verifier.")]
    [InlineData("code_verifier", "", HttpStatusCode.BadRequest, "invalid_grant", "Missing code verifier.")]
    [InlineData("redirect_uri", "http://127.0.0.1:9/", HttpStatusCode.BadRequest, "redirect_uri_mismatch", "Bad Request")]
    [InlineData("client_secret", "", HttpStatusCode.BadRequest, "invalid_request", "client_secret is missing.")]
    [InlineData("client_secret", "wrong", HttpStatusCode.Unauthorized, "invalid_client", "Unauthorized")]
    [InlineData("client_id", "other", HttpStatusCode.Unauthorized, "invalid_client", "The OAuth client was not found.")]
    [InlineData("grant_type", "password", HttpStatusCode.BadRequest, "unsupported_grant_type", "Invalid grant_type: password")]
    [InlineData("code", "made-up", HttpStatusCode.BadRequest, "invalid_grant", "Malformed auth code.")]
    public async Task Token_requests_that_are_wrong_are_refused(
        string field, string value, HttpStatusCode status, string error, string description)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await DecideAsync(emulator, "allow", Append);
        (HttpStatusCode got, JsonElement body) = await TokenAsync(emulator, ("code", answer["code"]!), (field, value));
        Assert.Equal((status, error, description), (got, body.Text("error"), body.Text("error_description")));
    }

    [Fact]
    public async Task The_scope_of_the_Picker_is_granted_beside_those_that_were_there()
    {
        const string Pick = "https://www.googleapis.com/auth/photospicker.mediaitems.readonly";
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string query = string.Join('&', Request().Append(new("scope", $"{Append} {Pick}"))
            .Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        string page = await emulator.Http.GetStringAsync(new Uri("o/oauth2/v2/auth?" + query, UriKind.Relative));
        Assert.Contains($"<input type=\"checkbox\" name=\"scope\" value=\"{Pick}\" checked>", page, StringComparison.Ordinal);

        foreach (string asked in (string[])[Append, $"{Append} {Pick}"])
        {
            var answer = await DecideAsync(emulator, "allow", asked, asked.Split(' '));
            (_, JsonElement tokens) = await TokenAsync(emulator, ("code", answer["code"]!));
            Assert.Equal(asked, tokens.Text("scope"));
            emulator.Authorize(tokens.Text("access_token"));
            await emulator.PostAsync("v1/albums", new { album = new { title = "T" } });
            await emulator.PostAsync("picker/v1/sessions", new { }, asked == Append ? HttpStatusCode.Forbidden : HttpStatusCode.OK);
        }
    }

    [Fact]
    public async Task An_unticked_scope_is_not_granted()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await DecideAsync(emulator, "allow", Append);
        Assert.Equal(Append, answer["scope"]);
        (_, JsonElement tokens) = await TokenAsync(emulator, ("code", answer["code"]!));
        Assert.Equal(Append, tokens.Text("scope"));
        emulator.Authorize(tokens.Text("access_token"));
        await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Cancel_comes_back_as_access_denied()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await DecideAsync(emulator, "cancel", Append, Read);
        Assert.Equal(("access_denied", "st&te", null), (answer["error"], answer["state"], answer["code"]));
    }

    [Theory]
    [InlineData("client_id", "stranger", HttpStatusCode.Unauthorized)]
    [InlineData("redirect_uri", "https://example.com/", HttpStatusCode.BadRequest)]
    [InlineData("redirect_uri", "urn:ietf:wg:oauth:2.0:oob", HttpStatusCode.BadRequest)]
    [InlineData("response_type", "token", HttpStatusCode.BadRequest)]
    [InlineData("scope", "made.up", HttpStatusCode.BadRequest)]
    [InlineData("code_challenge_method", "S512", HttpStatusCode.BadRequest)]
    public async Task Authorization_requests_that_are_wrong_end_on_a_page(string field, string value, HttpStatusCode expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        Dictionary<string, string> request = Request();
        request["scope"] = Append;
        request[field] = value;
        string query = string.Join('&', request.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri("o/oauth2/auth?" + query, UriKind.Relative));
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal("text/html", response.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task Credentials_may_come_in_a_basic_header()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (_, string refreshToken) = await emulator.IssueAsync();
        emulator.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue(
            "Basic", Convert.ToBase64String("emulator-client:emulator-secret"u8));
        (HttpStatusCode status, _) = await TokenAsync(
            emulator, ("grant_type", "refresh_token"), ("refresh_token", refreshToken), ("client_id", ""), ("client_secret", ""));
        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Fact]
    public async Task Revoking_one_token_ends_all_of_the_project()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, _) = await emulator.IssueAsync();
        (_, string otherRefresh) = await emulator.IssueAsync();
        using FormUrlEncodedContent form = new([new("token", access)]);
        using HttpResponseMessage revoked = await emulator.Http.PostAsync(new Uri("revoke", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.OK, revoked.StatusCode);

        (HttpStatusCode status, JsonElement body) = await TokenAsync(
            emulator, ("grant_type", "refresh_token"), ("refresh_token", otherRefresh));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Equal("Token has been expired or revoked.", body.Text("error_description"));
        await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Tokeninfo_tells_scopes_as_granted_and_numbers_as_strings()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, _) = await emulator.IssueAsync("photoslibrary.readonly");
        JsonElement info = await emulator.GetAsync($"tokeninfo?access_token={access}");
        Assert.Equal("https://www.googleapis.com/auth/photoslibrary.readonly", info.Text("scope"));
        Assert.InRange(int.Parse(info.Text("expires_in"), System.Globalization.CultureInfo.InvariantCulture), 3500, 3599);

        using HttpResponseMessage bad = await emulator.Http.GetAsync(new Uri("tokeninfo?access_token=none", UriKind.Relative));
        Assert.Equal(HttpStatusCode.BadRequest, bad.StatusCode);
        Assert.Equal("invalid_token", (await bad.Content.ReadFromJsonAsync<JsonElement>()).Text("error"));
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
