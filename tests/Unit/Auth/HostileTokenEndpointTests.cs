using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Tests.Auth;

/// <summary>Whatever answers in Google's place: a proxy, a hotel's log-in page, a server with a wrong clock.</summary>
public sealed class HostileTokenEndpointTests
{
    private const string Scope = "\"scope\":\"https://www.googleapis.com/auth/photoslibrary.appendonly\"";

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1]")]
    [InlineData("<html>Please accept the terms</html>")]
    [InlineData("{\"access_token\":\"a\",\"expires_in\":\"soon\"}")]
    [InlineData("{\"access_token\":\"a\",\"expires_in\":99999999999999999999999}")]
    [InlineData("{\"access_token\":\"a\\r\\nX-Other: 1\",\"expires_in\":3600}")]
    [InlineData("{\"access_token\":\"\",\"expires_in\":3600}")]
    public async Task What_is_no_answer_with_a_token_is_told_as_that_and_not_as_a_refusal(string body)
    {
        await using TestWeb server = await AnsweringAsync(200, body);
        using UserTokenSource tokens = TokensOf(server);

        UnexpectedResponseException error = await Assert.ThrowsAsync<UnexpectedResponseException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.StartsWith("The sign-in server's", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_is_far_too_long_is_not_read_to_its_end()
    {
        await using TestWeb server = await AnsweringAsync(200, new string(' ', 2 * 1024 * 1024) + $$"""{"access_token":"a","expires_in":3600,{{Scope}}}""");
        using UserTokenSource tokens = TokensOf(server);

        await Assert.ThrowsAsync<UnexpectedResponseException>(async () => await tokens.GetAsync(CancellationToken.None));
    }

    [Theory]
    [InlineData("Bad\\u001b[2J\\u001b[31m\\r\\nWARNING: run this", "Bad")]
    [InlineData("\\u009b31m", "")]
    public async Task Words_of_a_server_move_no_cursor_and_begin_no_line(string words, string kept)
    {
        await using TestWeb server = await AnsweringAsync(400, $$"""{"error":"invalid_grant","error_description":"{{words}}"}""");
        using UserTokenSource tokens = TokensOf(server);

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.DoesNotContain(error.Message, char.IsControl);
        Assert.Contains(kept, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_without_end_are_cut()
    {
        await using TestWeb server = await AnsweringAsync(400, $$"""{"error":"invalid_grant","error_description":"{{new string('x', 100_000)}}"}""");
        using UserTokenSource tokens = TokensOf(server);

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.InRange(error.Message.Length, 1000, 2000);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("<html>no</html>")]
    public async Task A_refusal_that_is_no_JSON_is_told_by_its_status(string body)
    {
        await using TestWeb server = await AnsweringAsync(400, body);
        using UserTokenSource tokens = TokensOf(server);

        SignInFailedException error = await Assert.ThrowsAsync<SignInFailedException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.Contains("HTTP 400", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Half_a_letter_in_the_error_subtype_is_no_subtype()
    {
        await using TestWeb server = await AnsweringAsync(400, """{"error":"invalid_grant","error_subtype":"\ud800"}""");
        using UserTokenSource tokens = TokensOf(server);

        SignInExpiredException error = await Assert.ThrowsAsync<SignInExpiredException>(async () => await tokens.GetAsync(CancellationToken.None));

        Assert.NotEqual(SignInEndReason.SessionControl, error.LikelyReason);
    }

    [Theory]
    [InlineData("9000000000000000000", "Fri, 31 Dec 9999 23:59:59 GMT")]
    [InlineData("-9000000000000000000", "Mon, 01 Jan 0001 00:00:00 GMT")]
    public async Task Times_that_cannot_be_do_not_stand_in_the_way_of_a_token(string seconds, string date)
    {
        await using TestWeb server = await AnsweringAsync(
            200, $$"""{"access_token":"a","expires_in":{{seconds}},"refresh_token_expires_in":604799,{{Scope}}}""", date);
        using UserTokenSource tokens = TokensOf(server);

        Assert.Equal("a", await tokens.GetAsync(CancellationToken.None));

        DateTimeOffset now = DateTimeOffset.UtcNow;
        Assert.InRange(tokens.SignInEndsAt!.Value, now.AddDays(6), now.AddDays(8));
    }

    [Theory]
    [InlineData("null")]
    [InlineData("<html>no</html>")]
    public async Task What_says_nothing_of_an_access_token_is_told_as_that(string body)
    {
        await using TestWeb server = await AnsweringAsync(200, body);

        await Assert.ThrowsAsync<UnexpectedResponseException>(
            () => GPhotosConnection.FromAccessTokenAsync("test", GPhotosEndpoints.At(server[""]), "a"));
    }

    [Fact]
    public async Task An_access_token_for_ever_is_one_for_long()
    {
        await using TestWeb server = await AnsweringAsync(200, $$"""{"expires_in":9000000000000000000,"aud":"me",{{Scope}}}""");

        using GPhotosConnection connection = await GPhotosConnection.FromAccessTokenAsync("test", GPhotosEndpoints.At(server[""]), "a");

        Assert.True(connection.Client.Options.Tokens.ExpiresAt > DateTimeOffset.UtcNow.AddYears(1));
    }

    private static UserTokenSource TokensOf(TestWeb server) => new(GPhotosEndpoints.At(server[""]), TestClient.Secret, "refresh");

    private static Task<TestWeb> AnsweringAsync(int status, string body, string? date = null) => TestWeb.StartAsync(context =>
    {
        context.Response.StatusCode = status;
        if (date is not null)
        {
            context.Response.Headers.Date = date;
        }

        return context.Response.WriteAsync(body);
    });
}
