using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ConsentTests
{
    private const string NotATester =
        "<p>emulator-client has not completed the Google verification process. The app is currently being tested, and can only be accessed by "
        + "developer-approved testers. If you think you should have access, contact the developer.</p><p>Error 403: access_denied</p>";

    [Fact]
    public async Task In_testing_only_test_users_can_consent()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { PublishingStatus = PublishingStatus.Testing });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator)).Status);
        Assert.NotNull((await SignIn.AllowAsync(emulator))["code"]);
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("login_hint", "stranger"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(NotATester, page, StringComparison.Ordinal);

        await emulator.PostAsync("emulator/oauth", new { testUsers = (string[])["stranger"] });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator, ("login_hint", "stranger"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignIn.OpenAsync(emulator)).Status);
        await emulator.PostAsync("emulator/tokens", new { }, HttpStatusCode.Forbidden);
        await emulator.PostAsync("emulator/tokens", new { user = "stranger" });
        await emulator.PostAsync("emulator/oauth", new { publishingStatus = "inProduction" });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator)).Status);
    }

    [Fact]
    public async Task A_form_that_was_open_is_refused_too()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth", new { publishingStatus = "testing", testUsers = Array.Empty<string>() });
        using FormUrlEncodedContent form = new(SignIn.Request(("decision", "allow")));
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("o/oauth2/v2/auth", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }

    [Theory]
    [InlineData("urn:ietf:wg:oauth:2.0:oob")]
    [InlineData("urn:ietf:wg:oauth:2.0:oob:auto")]
    [InlineData("oob")]
    public async Task A_code_is_put_on_no_page_to_be_copied(string redirectUri)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("redirect_uri", redirectUri));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains(
            "<p>The out-of-band (OOB) flow has been blocked in order to keep users secure. Follow the Out-of-Band (OOB) flow Migration Guide "
            + "linked in the developer docs below to migrate your app to an alternative method.</p><p>Error 400: invalid_request</p>",
            page,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://localhost", HttpStatusCode.OK)]
    [InlineData("http://localhost:1234/any/path", HttpStatusCode.OK)]
    [InlineData("http://[::1]:1234/", HttpStatusCode.OK)]
    [InlineData("https://127.0.0.1/", HttpStatusCode.BadRequest)]
    [InlineData("http://example.com/", HttpStatusCode.BadRequest)]
    [InlineData(null, HttpStatusCode.BadRequest)]
    public async Task A_Desktop_client_is_sent_back_to_loopback_only(string? redirectUri, HttpStatusCode expected)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("redirect_uri", redirectUri));
        Assert.Equal(expected, status);
        Assert.Equal(expected != HttpStatusCode.OK, page.Contains("Error 400: redirect_uri_mismatch", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(
        "https://www.googleapis.com/auth/photoslibrary.appendonly email",
        "invalid_scope", "Invalid device flow scope: https://www.googleapis.com/auth/photoslibrary.appendonly")]
    [InlineData(
        "https://www.googleapis.com/auth/photospicker.mediaitems.readonly",
        "invalid_scope", "Invalid device flow scope: https://www.googleapis.com/auth/photospicker.mediaitems.readonly")]
    [InlineData("openid email profile", "invalid_client", "Invalid client type.", HttpStatusCode.Unauthorized)]
    [InlineData("", "invalid_request", "Missing required parameter: scope")]
    public async Task The_device_flow_is_not_for_Photos(
        string scope, string error, string description, HttpStatusCode expected = HttpStatusCode.BadRequest)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using FormUrlEncodedContent form = new([new("client_id", "emulator-client"), new("scope", scope)]);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("device/code", UriKind.Relative), form);
        Assert.Equal(expected, response.StatusCode);
        Assert.Equal($$"""{"error":"{{error}}","error_description":"{{description}}"}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_was_granted_before_is_granted_again_when_asked()
    {
        const string Pick = "https://www.googleapis.com/auth/photospicker.mediaitems.readonly";
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/tokens", new { user = "one", scopes = (string[])["photoslibrary.appendonly"], project = "two" });
        await emulator.PostAsync("emulator/tokens", new { user = "one", scopes = (string[])["photospicker.mediaitems.readonly"], clientId = "emulator-client.second" });
        (string, string?)[] merging = [("login_hint", "one"), ("scope", $"{SignIn.Append} {SignIn.Read}"), ("include_granted_scopes", "true")];
        (_, string page) = await SignIn.OpenAsync(emulator, merging);
        Assert.Contains("""name="include_granted_scopes" value="true">""", page, StringComparison.Ordinal);

        var answer = await SignIn.AllowAsync(emulator, [SignIn.Read], merging);
        Assert.Equal($"{SignIn.Read} {Pick}", answer["scope"]);
        (_, JsonElement tokens) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal($"{SignIn.Read} {Pick}", tokens.Text("scope"));
        (_, JsonElement refreshed) = await SignIn.RefreshAsync(emulator, tokens.Text("refresh_token"));
        Assert.Equal($"{SignIn.Read} {Pick}", refreshed.Text("scope"));

        answer = await SignIn.AllowAsync(emulator, null, ("login_hint", "one"));
        Assert.Equal(SignIn.Append, answer["scope"]);
    }

    [Fact]
    public async Task What_was_taken_back_is_not_granted_again()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth/end", new { how = "removed" });
        var answer = await SignIn.AllowAsync(emulator, null, ("include_granted_scopes", "true"));
        Assert.Equal(SignIn.Append, answer["scope"]);
    }

    [Fact]
    public async Task A_refresh_can_ask_for_fewer_scopes_and_not_for_others()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string refreshToken = await SignIn.RefreshTokenAsync(emulator);
        (_, JsonElement fewer) = await SignIn.RefreshAsync(emulator, refreshToken, ("scope", SignIn.Append));
        Assert.Equal(SignIn.Append, fewer.Text("scope"));
        emulator.Authorize(fewer.Text("access_token"));
        await emulator.RefusedAsync("v1/albums", HttpStatusCode.Forbidden);
        (HttpStatusCode status, JsonElement refused) = await SignIn.RefreshAsync(emulator, refreshToken, ("scope", $"{SignIn.Append} openid"));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"invalid_scope","error_description":"Bad Request"}"""), (status, refused.GetRawText()));
        (_, JsonElement all) = await SignIn.RefreshAsync(emulator, refreshToken);
        Assert.Equal(3, all.Text("scope").Split(' ').Length);
    }
}
