using System.Net;
using System.Security.Cryptography;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace GPhotos.Core.Http;

/// <summary>
/// The one policy for repeats, after Google's best practices
/// (https://developers.google.com/photos/library/guides/best-practices): server errors and cut connections from one second, doubling;
/// 429 at least 30 seconds unless Retry-After says other, or unless it only tells of another write, which is soon over; always some
/// jitter, always bounded; the day's quota is never waited for.
/// </summary>
internal sealed class RetryPolicy
{
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FirstRateWait = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    // A Retry-After beyond this is a mistake, or a timer cannot hold it.
    private static readonly TimeSpan LongestAskedWait = TimeSpan.FromHours(1);

    private readonly ResiliencePipeline<HttpResponseMessage> _http;
    private readonly Action<RetryingEventArgs> _notify;
    private readonly TimeProvider _time;
    private readonly TimeSpan _answerTimeout;

    private static readonly ResiliencePropertyKey<CallTraits> Traits = new("GPhotos.Traits");

    public RetryPolicy(GPhotosClientOptions options, Action<RetryingEventArgs> notify)
    {
        (_notify, _time, _answerTimeout) = (notify, options.TimeProvider, options.AnswerTimeout);
        _http = new ResiliencePipelineBuilder<HttpResponseMessage> { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                MaxRetryAttempts = options.MaxRetries,
                ShouldHandle = ShouldRepeatAsync,
                DelayGenerator = async a => await WaitAfterAsync(
                    a.AttemptNumber, a.Outcome.Result, TraitsOf(a.Context), a.Context.CancellationToken).ConfigureAwait(false),
                OnRetry = a => Told(Name(a.Context), Reason(a.Outcome, TraitsOf(a.Context).Server), a.RetryDelay, a.AttemptNumber, a.Outcome.Result),
            })
            .Build();
    }

    /// <summary>Sends until an answer comes that repeating cannot better.</summary>
    public async Task<HttpResponseMessage> SendAsync(
        CallTraits traits, Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = Context(traits, cancellationToken);
        try
        {
            return await _http.ExecuteAsync(
                async c => await WithinAsync(traits, attempt, c.CancellationToken).ConfigureAwait(false),
                context).ConfigureAwait(false);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>Waits as before the given repeat, for a status that came inside a good answer.</summary>
    public Task WaitAsync(CallTraits traits, string reason, int attempt, CancellationToken cancellationToken) =>
        PauseAsync(traits, reason, Doubled(FirstWait, attempt), attempt + 1, cancellationToken);

    /// <summary>Waits ahead of the first try, for a turn that is still to come.</summary>
    public Task WaitForTurnAsync(CallTraits traits, string reason, TimeSpan delay, CancellationToken cancellationToken) =>
        PauseAsync(traits, reason, delay, 0, cancellationToken);

    /// <summary>Whether the connection, not the server's judgement, ended a call.</summary>
    public static bool IsCut(Exception? e) =>
        e is TimeoutRejectedException or IOException
            or HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError };

    private async Task<HttpResponseMessage> WithinAsync(
        CallTraits traits, Func<CancellationToken, Task<HttpResponseMessage>> attempt, CancellationToken cancellationToken)
    {
        using CancellationTokenSource clock = new(_answerTimeout, _time);
        traits.Heartbeat?.Attach(() => clock.CancelAfter(_answerTimeout), () => clock.CancelAfter(Timeout.InfiniteTimeSpan));
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(clock.Token, cancellationToken);
        try
        {
            return await attempt(both.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // Either our clock ran out, or the connection was not made in time: the handler tells that as a cancellation too.
            throw clock.IsCancellationRequested
                ? new TimeoutRejectedException($"Nothing moved for {_answerTimeout.TotalSeconds:0} s.", _answerTimeout)
                : new TimeoutRejectedException("The connection was not made in time.", e);
        }
    }

    private static async ValueTask<bool> ShouldRepeatAsync(RetryPredicateArguments<HttpResponseMessage> args)
    {
        if (args.Outcome.Result is not { } response)
        {
            return IsCut(args.Outcome.Exception) && TraitsOf(args.Context) is { Repeatable: true, Resumes: false };
        }

        return response.StatusCode switch
        {
            HttpStatusCode.TooManyRequests => await ShouldWaitForRateAsync(TraitsOf(args.Context), response, args.Context.CancellationToken).ConfigureAwait(false),
            HttpStatusCode.Conflict => !TraitsOf(args.Context).Resumes,
            HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError =>
                TraitsOf(args.Context) is { Repeatable: true, Resumes: false },
            _ => false,
        };
    }

    private static async ValueTask<bool> ShouldWaitForRateAsync(CallTraits traits, HttpResponseMessage refused, CancellationToken cancellationToken)
    {
        // What others than Google write into a refusal is nobody's business, and may be long.
        if (traits.Server != CallTraits.Google)
        {
            return true;
        }

        QuotaKind? kind = await QuotaVerdict.OfAsync(refused, cancellationToken).ConfigureAwait(false);
        return kind != QuotaKind.Day && (kind != QuotaKind.Other || !traits.WaitsForRateOnly);
    }

    private async Task PauseAsync(CallTraits traits, string reason, TimeSpan delay, int attempt, CancellationToken cancellationToken)
    {
        _notify(new RetryingEventArgs(traits.Name, reason, delay, attempt));
        await Task.Delay(delay, _time, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask<TimeSpan?> WaitAfterAsync(
        int attempt, HttpResponseMessage? response, CallTraits traits, CancellationToken cancellationToken)
    {
        if (response?.Headers.RetryAfter is { } asked)
        {
            TimeSpan wait = asked.Delta ?? (asked.Date - _time.GetUtcNow()) ?? TimeSpan.Zero;
            return Jittered(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < LongestAskedWait ? wait : LongestAskedWait, 0.1);
        }

        // Another write of this user was under way (409 tells the same of one album): it takes a second or two, not a minute.
        bool isRate = response?.StatusCode == HttpStatusCode.TooManyRequests
            && (traits.Server != CallTraits.Google
                || await QuotaVerdict.OfAsync(response, cancellationToken).ConfigureAwait(false) != QuotaKind.ConcurrentWrite);
        return Doubled(isRate ? FirstRateWait : FirstWait, attempt);
    }

    private static TimeSpan Doubled(TimeSpan first, int attempt)
    {
        TimeSpan doubled = first * Math.Pow(2, attempt);
        return Jittered(doubled < LongestWait ? doubled : LongestWait, 0.5);
    }

    // Only ever longer: Google's 30 seconds are a least.
    private static TimeSpan Jittered(TimeSpan wait, double share) =>
        wait * (1 + (share * RandomNumberGenerator.GetInt32(1000) / 1000));

    private ValueTask Told(string name, string reason, TimeSpan delay, int attempt, HttpResponseMessage? response)
    {
        response?.Dispose();
        _notify(new RetryingEventArgs(name, reason, delay, attempt + 1));
        return default;
    }

    private static string Reason(Outcome<HttpResponseMessage> outcome, string server) => outcome switch
    {
        { Result: { } response } => $"{server} answered {(int)response.StatusCode}",
        { Exception: TimeoutRejectedException e } => e.Message,
        _ => "the connection broke",
    };

    private static ResilienceContext Context(CallTraits traits, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Traits, traits);
        return context;
    }

    private static CallTraits TraitsOf(ResilienceContext context) => context.Properties.GetValue(Traits, new CallTraits("request"));

    private static string Name(ResilienceContext context) => TraitsOf(context).Name;
}
