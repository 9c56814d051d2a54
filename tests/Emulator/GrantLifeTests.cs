using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class GrantLifeTests
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7);

    private static async Task<(TestEmulator Emulator, ManualClock Clock)> StartAsync(PublishingStatus status)
    {
        ManualClock clock = new();
        return (await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock, PublishingStatus = status }), clock);
    }

    /// <summary>How each grant ended, the oldest first.</summary>
    private static async Task<string> EndingsAsync(TestEmulator emulator) =>
        string.Join(' ', (await SignIn.GrantsAsync(emulator)).Select(grant => grant.GetProperty("ended").GetString() ?? "live"));

    [Fact]
    public async Task In_testing_a_refresh_token_dies_seven_days_after_consent()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.Testing);
        await using TestEmulator _ = emulator;
        var answer = await SignIn.AllowAsync(emulator);
        (HttpStatusCode Status, JsonElement Body) tokens = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal(604799, tokens.Body.GetProperty("refresh_token_expires_in").GetInt64());
        string refreshToken = tokens.Body.Text("refresh_token");

        clock.Advance(Week - TimeSpan.FromSeconds(1));
        (HttpStatusCode Status, JsonElement Body) refreshed = await SignIn.RefreshAsync(emulator, refreshToken);
        Assert.Equal(HttpStatusCode.OK, refreshed.Status);
        Assert.False(refreshed.Body.Has("refresh_token_expires_in"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await SignIn.RefusedAsync(emulator, refreshToken, SignIn.Dead);
        JsonElement grant = (await SignIn.GrantsAsync(emulator))[^1];
        Assert.Equal(("expired", false), (grant.Text("ended"), grant.GetProperty("live").GetBoolean()));
    }

    [Fact]
    public async Task In_production_it_has_no_end_of_its_own()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.InProduction);
        await using TestEmulator _ = emulator;
        JsonElement tokens = await emulator.PostAsync("emulator/tokens", new { });
        Assert.False(tokens.Has("refresh_token_expires_in"));
        clock.Advance(TimeSpan.FromDays(180));
        await SignIn.RefreshesAsync(emulator, tokens.Text("refresh_token"));
    }

    [Theory]
    [InlineData(true, "openid", "email", "profile", "userinfo.email", "userinfo.profile")]
    [InlineData(false, "openid", "photoslibrary.appendonly")]
    public async Task Who_only_asks_who_the_user_is_has_no_seven_days(bool exempt, params string[] scopes)
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.Testing);
        await using TestEmulator _ = emulator;
        string refreshToken = await SignIn.RefreshTokenAsync(emulator, new { scopes });
        clock.Advance(Week);
        (HttpStatusCode Status, JsonElement Body) refreshed = await SignIn.RefreshAsync(emulator, refreshToken);
        Assert.Equal(exempt ? HttpStatusCode.OK : HttpStatusCode.BadRequest, refreshed.Status);
    }

    [Fact]
    public async Task A_sign_in_may_be_of_an_earlier_time()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.Testing);
        await using TestEmulator _ = emulator;
        JsonElement nearly = await emulator.PostAsync("emulator/tokens", new { grantedAt = clock.Now - Week + TimeSpan.FromMinutes(1) });
        Assert.Equal(59, nearly.GetProperty("refresh_token_expires_in").GetInt64());
        await SignIn.RefreshesAsync(emulator, nearly.Text("refresh_token"));
        JsonElement over = await emulator.PostAsync("emulator/tokens", new { grantedAt = (clock.Now - Week).ToString("o") });
        Assert.Equal(0, over.GetProperty("refresh_token_expires_in").GetInt64());
        await SignIn.RefusedAsync(emulator, over.Text("refresh_token"), SignIn.Dead);

        await emulator.PostAsync("emulator/tokens", new { grantedAt = clock.Now.AddSeconds(1) }, HttpStatusCode.BadRequest);
        await emulator.PostAsync("emulator/tokens", new { grantedAt = "last week" }, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Going_into_production_saves_no_grant_that_was_made_before()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.Testing);
        await using TestEmulator _ = emulator;
        string before = await SignIn.RefreshTokenAsync(emulator);
        await emulator.PostAsync("emulator/oauth", new { publishingStatus = "inProduction" });
        string after = await SignIn.RefreshTokenAsync(emulator);
        clock.Advance(Week);
        await SignIn.RefusedAsync(emulator, before, SignIn.Dead);
        await SignIn.RefreshesAsync(emulator, after);
    }

    [Fact]
    public async Task Access_can_be_given_for_a_time()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.InProduction);
        await using TestEmulator _ = emulator;
        await emulator.PostAsync("emulator/oauth", new { grantLifetime = 7200 });
        var answer = await SignIn.AllowAsync(emulator);
        (HttpStatusCode Status, JsonElement Body) tokens = await SignIn.ExchangeAsync(emulator, answer["code"]!);
        Assert.Equal(7199, tokens.Body.GetProperty("refresh_token_expires_in").GetInt64());
        await emulator.PostAsync("emulator/oauth", new { grantLifetime = (int?)null });
        string unlimited = await SignIn.RefreshTokenAsync(emulator);
        clock.Advance(TimeSpan.FromHours(2));
        await SignIn.RefusedAsync(emulator, tokens.Body.Text("refresh_token"), SignIn.Dead);
        await SignIn.RefreshesAsync(emulator, unlimited);
    }

    [Theory]
    [InlineData(3600, 3599)]
    [InlineData(1000000, 604799)]
    public async Task Of_two_ends_the_first_counts(int grantLifetime, long expected)
    {
        (TestEmulator emulator, ManualClock _) = await StartAsync(PublishingStatus.Testing);
        await using TestEmulator started = emulator;
        await emulator.PostAsync("emulator/oauth", new { grantLifetime });
        JsonElement tokens = await emulator.PostAsync("emulator/tokens", new { });
        Assert.Equal(expected, tokens.GetProperty("refresh_token_expires_in").GetInt64());
    }

    [Fact]
    public async Task The_hundred_and_first_lets_the_oldest_die_in_silence()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.InProduction);
        await using TestEmulator _ = emulator;
        string otherUsers = await SignIn.RefreshTokenAsync(emulator, new { user = "other" });
        string otherClients = await SignIn.RefreshTokenAsync(emulator, new { project = "two" });
        string oldest = await SignIn.RefreshTokenAsync(emulator, new { grantedAt = clock.Now.AddDays(-1) });

        // The emulator of a test has one grant already.
        for (int count = 3; count <= 100; count++)
        {
            await SignIn.RefreshTokenAsync(emulator);
        }

        await SignIn.RefreshesAsync(emulator, oldest);
        string newest = await SignIn.RefreshTokenAsync(emulator);
        await SignIn.RefusedAsync(emulator, oldest, SignIn.Dead);
        await SignIn.RefreshesAsync(emulator, newest);
        await SignIn.RefreshesAsync(emulator, otherUsers);
        Assert.Equal(HttpStatusCode.OK, (await SignIn.RefreshAsync(emulator, otherClients, ("client_id", "emulator-client-two"))).Status);
        Assert.Equal("tooMany" + string.Concat(Enumerable.Repeat(" live", 102)), await EndingsAsync(emulator));
    }

    [Fact]
    public async Task What_is_dead_already_makes_room_for_others()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.InProduction);
        await using TestEmulator _ = emulator;
        await emulator.PostAsync("emulator/oauth", new { maximumRefreshTokens = 2, grantLifetime = 60 });
        string passing = await SignIn.RefreshTokenAsync(emulator);
        await emulator.PostAsync("emulator/oauth", new { grantLifetime = (int?)null });
        clock.Advance(TimeSpan.FromMinutes(1));
        string one = await SignIn.RefreshTokenAsync(emulator);
        Assert.Equal("live expired live", await EndingsAsync(emulator));
        string two = await SignIn.RefreshTokenAsync(emulator);
        Assert.Equal("tooMany expired live live", await EndingsAsync(emulator));
        await SignIn.RefusedAsync(emulator, passing, SignIn.Dead);
        await SignIn.RefreshesAsync(emulator, one);
        await SignIn.RefreshesAsync(emulator, two);
    }

    [Fact]
    public async Task Six_months_without_a_refresh_kill_a_refresh_token()
    {
        (TestEmulator emulator, ManualClock clock) = await StartAsync(PublishingStatus.InProduction);
        await using TestEmulator _ = emulator;
        string unused = await SignIn.RefreshTokenAsync(emulator);
        string used = await SignIn.RefreshTokenAsync(emulator);
        DateTimeOffset granted = clock.Now;
        clock.Now = granted.AddMonths(6).AddSeconds(-1);
        await SignIn.RefreshesAsync(emulator, used);
        clock.Now = granted.AddMonths(6);
        await SignIn.RefusedAsync(emulator, unused, SignIn.Dead);
        await SignIn.RefreshesAsync(emulator, used);
        Assert.Equal("unused unused live", await EndingsAsync(emulator));
        JsonElement grant = (await SignIn.GrantsAsync(emulator))[^1];
        Assert.Equal(("2024-05-06T07:08:09Z", "2024-11-06T07:08:09Z"), (grant.Text("grantedAt"), grant.Text("lastUsedAt")));
    }
}
