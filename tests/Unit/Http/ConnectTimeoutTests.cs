using System.Net;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Http;

public sealed class ConnectTimeoutTests
{
    /// <summary>SocketsHttpHandler tells a connect time-out as a cancellation that nobody asked for, with a TimeoutException inside.</summary>
    [Fact]
    public async Task A_connection_that_nobody_answers_is_a_broken_one_and_no_cancellation()
    {
        TestClock clock = new();
        RetryPolicy policy = new(
            new GPhotosClientOptions { Tokens = new FixedTokenSource("t", null), TimeProvider = clock, AnswerTimeout = TestClock.AttemptLimit },
            static _ => { });
        int attempts = 0;

        using HttpResponseMessage response = await policy.SendAsync(
            new CallTraits("test"),
            _ => ++attempts < 3
                ? throw new TaskCanceledException("A connection could not be established.", new TimeoutException())
                : Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK)),
            CancellationToken.None);

        Assert.Equal(3, attempts);
        Assert.Equal(2, clock.Waits.Count);
    }
}
