using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class OAuthAdminTests
{
    [Fact]
    public async Task Rules_and_grants_are_shown_without_any_token()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        Assert.Equal(
            """
            {"publishingStatus":"inProduction","testUsers":["user"],"grantLifetime":null,"maximumRefreshTokens":100,"disabledApis":[],
            "restricted":null,"grants":[{"user":"user","clientId":"emulator-client","project":"emulator-project",
            "scopes":["https://www.googleapis.com/auth/photoslibrary.appendonly",
            "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata",
            "https://www.googleapis.com/auth/photoslibrary.edit.appcreateddata"],
            "grantedAt":"2024-05-06T07:08:09Z","lastUsedAt":"2024-05-06T07:08:09Z","expiresAt":null,"live":true,"ended":null}]}
            """.ReplaceLineEndings(""),
            (await emulator.GetAsync("emulator/oauth")).GetRawText());

        JsonElement tokens = await emulator.PostAsync("emulator/tokens", new { user = "other", project = "two", grantedAt = "2024-05-06T07:00:00+02:00" });
        await emulator.PostAsync("emulator/oauth", new { grantLifetime = 60 });
        await emulator.PostAsync("emulator/tokens", new { });
        string shown = (await emulator.GetAsync("emulator/oauth")).GetRawText();
        Assert.DoesNotContain(tokens.Text("access_token"), shown, StringComparison.Ordinal);
        Assert.DoesNotContain(tokens.Text("refresh_token"), shown, StringComparison.Ordinal);
        JsonElement[] grants = await SignIn.GrantsAsync(emulator);
        Assert.Equal(
            ("other", "emulator-client-two", "two", "2024-05-06T05:00:00Z"),
            (grants[0].Text("user"), grants[0].Text("clientId"), grants[0].Text("project"), grants[0].Text("grantedAt")));
        Assert.Equal("2024-05-06T07:09:09Z", grants[2].Text("expiresAt"));
    }

    [Fact]
    public async Task Rules_that_are_not_named_stay()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync(
            "emulator/oauth",
            new { publishingStatus = "testing", testUsers = (string[])["a", "b"], grantLifetime = 5, maximumRefreshTokens = 3 });
        await emulator.PostAsync("emulator/oauth", new { disabledApis = (string[])["photospicker"], restricted = "org_internal" });
        const string All = """
            {"publishingStatus":"testing","testUsers":["a","b"],"grantLifetime":5,"maximumRefreshTokens":3,"disabledApis":["photospicker"],
            "restricted":"org_internal",
            """;
        string shown = (await emulator.PostAsync("emulator/oauth", new { })).GetRawText();
        Assert.StartsWith(All.ReplaceLineEndings(""), shown, StringComparison.Ordinal);

        JsonElement reset = await emulator.PostAsync(
            "emulator/oauth",
            new { publishingStatus = "inProduction", grantLifetime = (int?)null, restricted = (string?)null, disabledApis = Array.Empty<string>() });
        Assert.StartsWith(
            """{"publishingStatus":"inProduction","testUsers":["a","b"],"grantLifetime":null,"maximumRefreshTokens":3,"disabledApis":[],"restricted":null,""",
            reset.GetRawText(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"publishingStatus":"published"}""")]
    [InlineData("""{"grantLifetime":0}""")]
    [InlineData("""{"maximumRefreshTokens":0}""")]
    [InlineData("""{"disabledApis":["drive"]}""")]
    [InlineData("""{"restricted":"access_denied"}""")]
    [InlineData("""{"testing":true}""")]
    public async Task Rules_that_there_are_not_are_refused(string rules)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth", JsonSerializer.Deserialize<JsonElement>(rules), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task A_project_lists_a_hundred_test_users_and_no_more()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] users = [.. Enumerable.Range(0, 101).Select(number => $"user{number}")];
        await emulator.PostAsync("emulator/oauth", new { testUsers = users }, HttpStatusCode.BadRequest);
        await emulator.PostAsync("emulator/oauth", new { testUsers = users[..100] });
    }

    [Fact]
    public async Task Token_requests_are_counted_by_their_grant_type()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        var answer = await SignIn.AllowAsync(emulator);
        (_, JsonElement tokens) = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => SignIn.RefreshesAsync(emulator, tokens.Text("refresh_token"))));
        await SignIn.RefusedAsync(emulator, "made-up", SignIn.Dead);
        JsonElement stats = await emulator.GetAsync("emulator/stats");
        Assert.Equal("""{"authorization_code":1,"refresh_token":4}""", stats.GetProperty("grants").GetRawText());
        Assert.Equal(5, stats.GetProperty("calls").GetProperty("oauth.token").GetInt32());

        using HttpResponseMessage reset = await emulator.Http.DeleteAsync(new Uri("emulator/stats", UriKind.Relative));
        Assert.Equal("{}", (await emulator.GetAsync("emulator/stats")).GetProperty("grants").GetRawText());
    }

    [Fact]
    public async Task A_fault_delays_the_token_endpoint_and_nothing_beside_it()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string refreshToken = await SignIn.RefreshTokenAsync(emulator);
        await emulator.PostAsync("emulator/faults", new { kind = "oauth.token", latencyMs = 700, count = 0 });
        long before = System.Diagnostics.Stopwatch.GetTimestamp();
        await Task.WhenAll(SignIn.RefreshesAsync(emulator, refreshToken), SignIn.RefreshesAsync(emulator, refreshToken));
        TimeSpan took = System.Diagnostics.Stopwatch.GetElapsedTime(before);
        Assert.InRange(took, TimeSpan.FromMilliseconds(690), TimeSpan.FromSeconds(30));
        JsonElement stats = await emulator.GetAsync("emulator/stats");
        Assert.Equal(2, stats.GetProperty("maxInFlight").GetProperty("oauth.token").GetInt32());
        Assert.Equal("""{"refresh_token":2}""", stats.GetProperty("grants").GetRawText());
    }
}
