using System.Globalization;
using GPhotos.Core.Auth;
using GPhotos.Core.Profiles;
using GPhotos.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Tests.Auth;

/// <summary>Each source stands for a process: they share nothing but the folder.</summary>
public sealed class SharedTokenTests : IAsyncLifetime, IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestClock _clock = new();
    private readonly List<UserTokenSource> _sources = [];
    private TestWeb _server = null!;
    private bool _isEnded;
    private DateTimeOffset? _serverTime;

    private string TokenFile => _folder["work.token"];

    public async Task InitializeAsync() => _server = await TestWeb.StartAsync(AnswerAsync);

    public async Task DisposeAsync()
    {
        _sources.ForEach(s => s.Dispose());
        await _server.DisposeAsync();
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(50, "token2")]
    [InlineData(60, "token2")]
    [InlineData(61, "token1")]
    [InlineData(90, "token1")]
    public async Task A_token_is_renewed_a_minute_before_its_end(int secondsLeft, string expected)
    {
        UserTokenSource source = NewProcess();
        await source.GetAsync(default);
        _clock.Advance(TimeSpan.FromSeconds(3600 - secondsLeft));

        Assert.Equal(expected, await source.GetAsync(default));
        Assert.Equal(expected, await NewProcess().GetAsync(default));
    }

    [Fact]
    public async Task Processes_share_a_token_and_its_renewal()
    {
        Assert.Equal("token1", await NewProcess().GetAsync(default));
        UserTokenSource[] others = [.. Enumerable.Range(0, 10).Select(_ => NewProcess())];

        Assert.All(await Task.WhenAll(others.Select(o => o.GetAsync(default).AsTask())), t => Assert.Equal("token1", t));
        Assert.All(await Task.WhenAll(others.Select(o => o.RefreshAsync("token1", default).AsTask())), t => Assert.Equal("token2", t));
        Assert.Equal(2, _server.Calls.Count);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("\u0001")]
    [InlineData("\u0001aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("cut")]
    [InlineData("flipped")]
    [InlineData("long")]
    [InlineData("folder")]
    public async Task A_token_on_file_that_is_spoilt_costs_a_renewal_and_nothing_else(string damage)
    {
        await NewProcess().GetAsync(default);
        byte[] whole = await File.ReadAllBytesAsync(TokenFile);
        File.Delete(TokenFile);
        switch (damage)
        {
            case "cut":
                _folder.Write("work.token", whole[..^5]);
                break;
            case "flipped":
                whole[^1] ^= 1;
                _folder.Write("work.token", whole);
                break;
            case "long":
                _folder.Write("work.token", new byte[1024 * 1024]);
                break;
            case "folder":
                Directory.CreateDirectory(TokenFile);
                break;
            default:
                _folder.Write("work.token", damage);
                break;
        }

        Assert.Equal("token2", await NewProcess().GetAsync(default));
        Assert.DoesNotContain(_folder.Names, n => n.EndsWith(".partial", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_of_another_sign_in_is_not_taken_for_ones_own()
    {
        await NewProcess("one").GetAsync(default);

        Assert.Equal("token2", await NewProcess("two").GetAsync(default));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_to_costs_renewals_and_nothing_else()
    {
        AccessTokenFile nowhere = new(_folder.Write("file", "where a folder should be"), "work");

        Assert.Equal("token1", await NewProcess(file: nowhere).GetAsync(default));
        UserTokenSource second = NewProcess(file: nowhere);
        Assert.Equal("token2", await second.GetAsync(default));
        Assert.Equal("token2", await second.GetAsync(default));
    }

    [Fact]
    public async Task A_token_on_file_that_was_refused_long_ago_does_not_come_back_for_one_that_is_refused_now()
    {
        UserTokenSource source = NewProcess();
        await source.GetAsync(default);
        byte[] first = await File.ReadAllBytesAsync(TokenFile);
        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("token2", await source.RefreshAsync("token1", default));

        // As where the folder became read-only.
        _folder.Write("work.token", first);

        Assert.Equal("token3", await source.RefreshAsync("token2", default));
    }

    [Fact]
    public async Task When_the_sign_in_ended_no_process_finds_its_token_good_and_each_is_told_the_same_reason()
    {
        DateTimeOffset start = _clock.GetUtcNow();
        await NewProcess(signedInAt: start).GetAsync(default);
        _clock.Set(start.AddDays(200));
        _isEnded = true;
        await Assert.ThrowsAsync<SignInExpiredException>(async () => await NewProcess(signedInAt: start).GetAsync(default));

        // Not even one with a clock of its own.
        _clock.Set(start);
        _serverTime = start.AddDays(200);
        for (int i = 0; i < 2; i++)
        {
            SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(async () => await NewProcess(signedInAt: start).GetAsync(default));
            Assert.Equal(SignInEndReason.Unused, error.LikelyReason);
            Assert.Contains("2026-03-0", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_token_that_Google_refused_with_the_sign_in_is_not_sent_again()
    {
        UserTokenSource source = NewProcess();
        await source.GetAsync(default);
        _isEnded = true;
        await Assert.ThrowsAsync<SignInExpiredException>(async () => await source.RefreshAsync("token1", default));

        await Assert.ThrowsAsync<SignInExpiredException>(async () => await source.GetAsync(default));
        await Assert.ThrowsAsync<SignInExpiredException>(async () => await NewProcess().GetAsync(default));
    }

    [Fact]
    public async Task The_end_of_an_old_sign_in_leaves_the_token_of_the_new_one()
    {
        UserTokenSource old = NewProcess("old");
        await old.GetAsync(default);
        await NewProcess("new").GetAsync(default);
        _isEnded = true;
        await Assert.ThrowsAsync<SignInExpiredException>(async () => await old.RefreshAsync("token1", default));

        Assert.Equal("token2", await NewProcess("new").GetAsync(default));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(-4)]
    public async Task The_reason_goes_by_the_servers_clock_and_not_by_one_that_is_days_off(int daysOff)
    {
        DateTimeOffset start = _clock.GetUtcNow().AddDays(-daysOff);
        _serverTime = start.AddDays(6);
        _clock.Set(start.AddDays(6 + daysOff));
        await NewProcess(signedInAt: start).GetAsync(default);
        _serverTime = start.AddDays(8);
        _clock.Set(start.AddDays(8 + daysOff));
        _isEnded = true;

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(async () => await NewProcess(signedInAt: start).GetAsync(default));

        Assert.Equal(SignInEndReason.TestingMode, error.LikelyReason);
    }

    [Fact]
    public async Task A_clock_that_was_put_back_makes_no_token_last_longer()
    {
        await NewProcess().GetAsync(default);
        _clock.Set(_clock.GetUtcNow().AddHours(-3));

        Assert.Equal("token2", await NewProcess().GetAsync(default));
    }

    private UserTokenSource NewProcess(string refreshToken = "refresh", AccessTokenFile? file = null, DateTimeOffset? signedInAt = null)
    {
        Profile profile = new()
        {
            Name = "work",
            Endpoint = _server[""],
            ClientId = TestClient.Secret.ClientId,
            ClientSecret = TestClient.Secret.Secret,
            RefreshToken = refreshToken,
            SignedInAt = signedInAt ?? _clock.GetUtcNow(),
        };
        UserTokenSource source = new(profile, file ?? new AccessTokenFile(_folder.Path, "work")) { Time = _clock };
        _sources.Add(source);
        return source;
    }

    private Task AnswerAsync(HttpContext context)
    {
        context.Response.Headers.Date = (_serverTime ?? _clock.GetUtcNow()).ToString("R", CultureInfo.InvariantCulture);
        if (_isEnded)
        {
            context.Response.StatusCode = StatusCodes.Status400BadRequest;
            return context.Response.WriteAsJsonAsync(new { error = "invalid_grant", error_description = "Token has been expired or revoked." });
        }

        return context.Response.WriteAsJsonAsync(new { access_token = $"token{_server.Calls.Count}", expires_in = 3600, token_type = "Bearer", scope = "" });
    }
}
