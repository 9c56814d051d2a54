using System.Globalization;
using System.Text.Json;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Picker;

/// <summary>Lets a person pick in the browser, and lists what was picked. None of its calls counts against the quota of the Library API.</summary>
/// <remarks>See https://developers.google.com/photos/picker/guides/get-started-picker.</remarks>
public sealed class PickingSessions
{
    /// <summary>The most items that can be picked in one session.</summary>
    public const int MaxItemCount = 2000;

    private const int PageSize = 100;

    // What Google was seen to ask for, where it does not say.
    private static readonly TimeSpan UsualPollInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan UsualTimeout = TimeSpan.FromMinutes(30);

    private static readonly TimeSpan LongestTimeout = TimeSpan.FromDays(1);

    // What a call that is under way is given to end when its caller no longer wants it.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    private readonly GPhotosClientOptions _options;
    private readonly JsonCaller _caller;
    private readonly HttpClient _media;

    internal PickingSessions(GPhotosClientOptions options, JsonCaller caller, HttpClient media) => (_options, _caller, _media) = (options, caller, media);

    /// <summary>
    /// Opens a session. Google counts those that are open, so each must be deleted again. A call that is cancelled is not given up at once, since a
    /// session might come of it that nobody knows: it has some seconds to end, and what comes of it is deleted.
    /// </summary>
    /// <param name="maximumCount">The most items that can be picked, 1 to 2,000; null for Google's own limit.</param>
    /// <param name="requestId">Names the request, so that a repeat after a lost answer opens no second session; null for a new one. No personal data.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PickingSessionLimitReachedException">Too many are open.</exception>
    /// <exception cref="PermissionDeniedException">The user has no active Google Photos account.</exception>
    /// <exception cref="ScopeMissingException">The sign-in lacks photospicker.mediaitems.readonly.</exception>
    public async Task<PickingSession> CreateAsync(int? maximumCount = null, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        if (maximumCount is < 1 or > MaxItemCount)
        {
            throw new InvalidRequestException($"1 to {MaxItemCount} items can be picked in a session; {maximumCount} was asked for.");
        }

        cancellationToken.ThrowIfCancellationRequested();
        string? count = maximumCount?.ToString(CultureInfo.InvariantCulture);
        byte[] body = JsonSerializer.SerializeToUtf8Bytes(
            new WireNewPickingSession(count is null ? null : new WirePickingConfig(count)), PickerJsonContext.Default.WireNewPickingSession);
        using CancellationTokenSource patience = new(Timeout.InfiniteTimeSpan, _options.TimeProvider);
        WirePickingSession wire;
        using (cancellationToken.UnsafeRegister(static p => ((CancellationTokenSource)p!).CancelAfter(Grace), patience))
        {
            wire = await _caller.SendAsync(
                new("picker.sessions.create", WaitsForRateOnly: true), Context("Opening a picking session") with { OpensPickingSession = true }, HttpMethod.Post,
                $"v1/sessions?requestId={requestId ?? Guid.NewGuid():D}", body, PickerJsonContext.Default.WirePickingSession, patience.Token).ConfigureAwait(false);
        }

        if (cancellationToken.IsCancellationRequested && wire.Id is { } unwanted)
        {
            await TryDeleteAsync(unwanted).ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        return wire.ToModel();
    }

    /// <summary>Asks how a session stands.</summary>
    /// <exception cref="PickingSessionExpiredException">It is over.</exception>
    public async Task<PickingSession> GetAsync(string sessionId, CancellationToken cancellationToken = default) => (await _caller.SendAsync(
        new("picker.sessions.get"), SessionContext(sessionId), HttpMethod.Get, Path(sessionId), null, PickerJsonContext.Default.WirePickingSession, cancellationToken)
        .ConfigureAwait(false)).ToModel();

    /// <summary>Ends a session: its page no longer takes anything, and what was picked can no longer be listed. One that is over is as it was wanted.</summary>
    public async Task DeleteAsync(string sessionId, CancellationToken cancellationToken = default)
    {
        try
        {
            await _caller.SendAsync(
                new("picker.sessions.delete"), SessionContext(sessionId), HttpMethod.Delete, Path(sessionId), null, PickerJsonContext.Default.WireNothingPicked, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (PickingSessionExpiredException)
        {
            // As it was wanted.
        }
    }

    /// <summary>The same within some seconds, for whoever is on the way out. Null where it is over, else why it may not be.</summary>
    public async Task<Exception?> TryDeleteAsync(string sessionId)
    {
        using CancellationTokenSource patience = new(Grace, _options.TimeProvider);
        try
        {
            await DeleteAsync(sessionId, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (Exception e) when (e is GPhotosException or OperationCanceledException or ObjectDisposedException)
        {
            return e;
        }
    }

    /// <summary>
    /// Looks as often and as long as Google asks for until the person is done. Somebody who closed the page is not told from one who still chooses. A look
    /// that fails although it was repeated does not end the wait.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="timeout">The longest to wait, where that is less than what Google asks for; null for what Google asks for, a day at most.</param>
    /// <param name="waiting">Told before each wait how long it may still take.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="PickingTimedOutException">Nobody was done in time.</exception>
    /// <exception cref="PickingSessionExpiredException">The session is over.</exception>
    public async Task<PickingSession> WaitUntilPickedAsync(
        PickingSession session, TimeSpan? timeout = null, Action<TimeSpan>? waiting = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        TimeProvider time = _options.TimeProvider;
        DateTimeOffset begun = time.GetUtcNow(), told = begun;
        while (!session.MediaItemsSet)
        {
            DateTimeOffset now = time.GetUtcNow();
            TimeSpan left = Least((session.TimeoutIn ?? UsualTimeout) - (now - told), (timeout ?? LongestTimeout) - (now - begun));
            if (left <= TimeSpan.Zero)
            {
                throw new PickingTimedOutException($"Nobody finished picking within {(now - begun).TotalSeconds:0.#} s.", session.Id);
            }

            waiting?.Invoke(left);
            TimeSpan interval = session.PollInterval is { } wanted && wanted > TimeSpan.Zero ? wanted : UsualPollInterval;
            await Task.Delay(Least(interval, left), time, cancellationToken).ConfigureAwait(false);
            try
            {
                DateTimeOffset asked = time.GetUtcNow();
                session = await GetAsync(session.Id, cancellationToken).ConfigureAwait(false);
                told = asked;
            }
            catch (GPhotosException e) when (e is ConnectionFailedException or ServiceUnavailableException or RateLimitedException)
            {
                // The person goes on picking while the line is down: the next look may come through.
            }
        }

        return session;
    }

    /// <summary>
    /// Lists what was picked: the first item comes before the second page is asked for. Its items can be saved for as long as the session lives.
    /// </summary>
    /// <exception cref="PickingSessionExpiredException">The session is over.</exception>
    /// <exception cref="InvalidRequestException">The person is not done yet.</exception>
    public IAsyncEnumerable<MediaItem> ListAsync(string sessionId, CancellationToken cancellationToken = default) =>
        ListPagesAsync(sessionId, cancellationToken).SelectMany(static page => page);

    /// <summary>The same, a page at a time. A page may be empty.</summary>
    public IAsyncEnumerable<IReadOnlyList<MediaItem>> ListPagesAsync(string sessionId, CancellationToken cancellationToken = default) =>
        ListPagesAsync(sessionId, new PickedOrigin(this, sessionId, _media, _options.TimeProvider), cancellationToken);

    internal IAsyncEnumerable<IReadOnlyList<MediaItem>> ListPagesAsync(string sessionId, PickedOrigin origin, CancellationToken cancellationToken) =>
        ItemPages.WalkAsync(
            async (token, stop) =>
            {
                DateTimeOffset askedAt = _caller.Now;
                string query = $"?sessionId={Uri.EscapeDataString(sessionId)}&pageSize={PageSize}" + (token is null ? "" : "&pageToken=" + Uri.EscapeDataString(token));
                WirePickedMediaItemPage page = await _caller.SendAsync(
                    new("picker.mediaItems.list"), SessionContext(sessionId), HttpMethod.Get, "v1/mediaItems" + query, null,
                    PickerJsonContext.Default.WirePickedMediaItemPage, stop).ConfigureAwait(false);
                return ((page.MediaItems ?? []).Select(wire => wire.ToModel(origin, askedAt)), page.NextPageToken);
            },
            cancellationToken);

    private static TimeSpan Least(TimeSpan one, TimeSpan other) => one < other ? one : other;

    private static string Path(string sessionId) => "v1/sessions/" + Uri.EscapeDataString(sessionId);

    private CallContext SessionContext(string sessionId) => Context($"Picking session '{sessionId}'") with { PickingSessionId = sessionId };

    private CallContext Context(string subject) => new(subject, GPhotosScopes.ReadPickedMediaItems, _caller.Now);
}
