using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed class TokenTests
{
    [Fact]
    public async Task A_refused_token_is_renewed_once_and_the_call_repeated_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync()).RefreshToken));
        await client.MediaItems.AllAsync();
        await google.ExpireTokensAsync();
        await google.ResetStatisticsAsync();

        Assert.Equal(3, (await client.MediaItems.AllAsync()).Count);

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((2, 1, 1), (statistics.Calls("mediaItems.list"), statistics.Calls("oauth.token"), statistics.Statuses(401)));
    }

    [Fact]
    public async Task A_redirect_of_the_token_endpoint_carries_no_secret_to_another_host()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using RecordingServer stranger = await RecordingServer.StartAsync();
        UserTokenSource tokens = google.Renewable((await google.IssueAsync()).RefreshToken);
        await google.FaultAsync(new { path = "/token", status = 307, headers = new { Location = stranger.Address }, count = 0 });

        await Assert.ThrowsAsync<SignInFailedException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.Empty(stranger.Requests);
    }

    [Theory]
    [InlineData(403, typeof(SignInFailedException))]
    [InlineData(500, typeof(ServiceUnavailableException))]
    public async Task A_refusal_of_the_token_endpoint_without_a_word_is_told_by_its_status(int status, Type type)
    {
        await using TestWeb server = await TestWeb.StartAsync(context => Task.FromResult(context.Response.StatusCode = status));
        using UserTokenSource tokens = new(GPhotosEndpoints.At(server[""]), TestClient.Secret, "refresh");

        GPhotosException error = await Assert.ThrowsAnyAsync<GPhotosException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.IsType(type, error);
        Assert.Contains($"{status}", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_is_refused_for_ever_is_repeated_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync()).RefreshToken));
        await google.FaultAsync(new { path = "/v1/mediaItems", status = 401, count = 0 });

        await Assert.ThrowsAsync<SignInExpiredException>(() => client.MediaItems.AllAsync());

        Assert.Equal(2, (await google.StatisticsAsync()).Calls("mediaItems.list"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Twenty_calls_that_lost_the_same_token_share_one_renewal(bool hadOne)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync()).RefreshToken));
        if (hadOne)
        {
            await client.MediaItems.AllAsync();
            await google.ExpireTokensAsync();
        }

        await google.ResetStatisticsAsync();
        List<MediaItem>[] lists = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => client.MediaItems.AllAsync())));

        Assert.All(lists, l => Assert.Equal(3, l.Count));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("oauth.token"));
    }

    [Fact]
    public async Task A_refresh_token_that_is_dead_ends_the_sign_in()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync()).RefreshToken));
        await google.ExpireTokensAsync(refreshTokensToo: true);

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(() => client.MediaItems.AllAsync());

        Assert.True(error.EndsTheRun);
        Assert.Contains("expired or revoked", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fixed_token_that_ended_ends_the_sign_in_after_one_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await google.ExpireTokensAsync();

        await Assert.ThrowsAsync<SignInExpiredException>(() => google.Client.MediaItems.AllAsync());

        Assert.Equal(1, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task A_sign_in_server_that_is_down_does_not_end_the_sign_in()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        UserTokenSource source = google.Renewable((await google.IssueAsync()).RefreshToken);
        await google.FaultAsync(new { path = "/token", status = 500, count = 0 });

        GPhotosException error = await Assert.ThrowsAsync<ServiceUnavailableException>(async () => await source.GetAsync(default));

        Assert.False(error.EndsTheRun);
    }

    [Fact]
    public async Task A_token_is_looked_up_for_its_scopes()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        (string accessToken, _) = await google.IssueAsync("photoslibrary.appendonly");

        using GPhotosConnection connection = await GPhotosConnection.FromAccessTokenAsync("p", google.Endpoints, accessToken);

        Assert.Equal(["photoslibrary.appendonly"], connection.Context.Scopes);
        Assert.False(connection.Context.CanRefresh);
        Assert.NotNull(connection.Context.AccessTokenExpiresAt);
        Assert.Null(connection.Profile);
    }

    [Fact]
    public async Task A_token_that_Google_does_not_know_is_refused_without_being_named()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(
            () => GPhotosConnection.FromAccessTokenAsync("p", google.Endpoints, "canary-token"));

        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_grant_that_is_revoked_is_gone()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosConnection connection = await GPhotosConnection.FromRefreshTokenAsync(
            "p", google.Endpoints, TestClient.Secret, (await google.IssueAsync()).RefreshToken);

        await connection.RevokeAsync();

        await Assert.ThrowsAsync<SignInExpiredException>(() => connection.Client.MediaItems.AllAsync());
    }
}
