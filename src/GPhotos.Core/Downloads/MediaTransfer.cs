using System.Buffers;
using System.Net;
using GPhotos.Core.Destinations;
using GPhotos.Core.Http;
using GPhotos.Core.Media;
using GPhotos.Core.Storage;
using Polly.Timeout;

namespace GPhotos.Core.Downloads;

/// <summary>Brings the bytes of one item into a sink, whole: a body that breaks off goes on where it broke, or begins anew.</summary>
internal sealed class MediaTransfer(GPhotosClientOptions options, MediaBytes bytes, RetryPolicy retry)
{
    private const int BufferSize = 512 * 1024;

    // A line that carries less between two breaks is not getting on.
    private const long WorthwhileProgress = 256 * 1024;

    private static readonly CallTraits Traits = new("media.get");

    /// <summary>Fills the sink that the beginning of the bytes asks for.</summary>
    /// <param name="ticket">Whose bytes.</param>
    /// <param name="form">In which form.</param>
    /// <param name="urls">Who renews the base URL.</param>
    /// <param name="lane">The item's lane: entered for each try, left as soon as the bytes are in.</param>
    /// <param name="half">A sink that an earlier run began, with what its bytes are called; null to begin anew. Disposed of here.</param>
    /// <param name="open">Opens the sink once the beginning is known.</param>
    /// <param name="cancellationToken">Ends it; what is half there is kept only where a later run can go on with it.</param>
    /// <returns>The full sink; null where a photo has no moving part.</returns>
    /// <exception cref="DownloadFailedException">The bytes cannot be had, or are none of a picture.</exception>
    public async Task<SaveSink?> RunAsync(
        SaveTicket ticket, MediaForm form, BaseUrls urls, Lane lane, (SaveSink Sink, string Tag)? half, Func<MediaHead, ValueTask<SaveSink>> open, CancellationToken cancellationToken)
    {
        Progress progress = new() { Sink = half?.Sink, Tag = half?.Tag };
        int failures = 0;
        long best = progress.Sink?.Position ?? 0;
        bool isWhole = false;
        try
        {
            while (true)
            {
                try
                {
                    isWhole = await TryAsync(ticket, form, urls, lane, progress, open, cancellationToken).ConfigureAwait(false);
                    return isWhole ? progress.Sink : null;
                }
                catch (Exception e) when (RetryPolicy.IsCut(e) || e is ObjectDamagedException)
                {
                    long reached = progress.Sink?.Position ?? 0;
                    failures = reached >= best + WorthwhileProgress ? 0 : failures + 1;
                    best = Math.Max(best, reached);
                    if (failures > options.MaxRetries)
                    {
                        throw e is ObjectDamagedException
                            ? new UnexpectedResponseException(e.Message, e)
                            : ConnectionGuard.ToException(e, ticket.Subject);
                    }

                    await retry.WaitAsync(Traits, "the transfer broke off", Math.Max(0, failures - 1), cancellationToken).ConfigureAwait(false);
                }
            }
        }
        finally
        {
            if (!isWhole && progress.Sink is { } sink)
            {
                await sink.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    private async Task<bool> TryAsync(
        SaveTicket ticket, MediaForm form, BaseUrls urls, Lane lane, Progress progress, Func<MediaHead, ValueTask<SaveSink>> open, CancellationToken cancellationToken)
    {
        await lane.EnterAsync(cancellationToken).ConfigureAwait(false);
        if (progress is { Sink: not null, Tag: null } or { Sink.IsBroken: true })
        {
            // Nothing tells whether the rest would be of the same bytes.
            await progress.RestartAsync().ConfigureAwait(false);
        }

        if (ticket.Item!.Origin is LocalContent content)
        {
            await CopyAsync(content, lane, ticket, progress, open, cancellationToken).ConfigureAwait(false);
            return true;
        }

        (long, string)? from = progress is { Sink.Position: > 0 and var position, Tag: { } tag } ? (position, tag) : null;
        using HttpResponseMessage? response =
            await bytes.SendAsync(HttpMethod.Get, ticket, form, urls, from, cancellationToken).ConfigureAwait(false);
        if (response is null)
        {
            return false;
        }

        bool goesOn = from is not null && response.StatusCode == HttpStatusCode.PartialContent
            && response.Content.Headers.ContentRange is { From: { } first } && first == progress.Sink!.Position
            && (response.Headers.ETag is not { } tagged || tagged.Tag == progress.Tag);
        if (!goesOn && progress.Sink is not null)
        {
            await progress.RestartAsync().ConfigureAwait(false);
        }

        if (!goesOn && response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpIOException(HttpRequestError.InvalidResponse, $"The answer to a part is {(int)response.StatusCode}.");
        }

        long? length = goesOn ? response.Content.Headers.ContentRange!.Length : response.Content.Headers.ContentLength;
        Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        if (!goesOn)
        {
            progress.Tag = response.Headers.ETag is { IsWeak: false } strong ? strong.Tag : null;
        }

        MediaHead about = new(response.Content.Headers.ContentType?.MediaType, length, progress.Tag);
        await CopyAsync(body, isLocal: false, lane, ticket, progress, about, open, cancellationToken).ConfigureAwait(false);
        if (length is not null && length != progress.Sink!.Position)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"{progress.Sink.Position} of {length} bytes came.");
        }

        await progress.Sink!.SealAsync(cancellationToken).ConfigureAwait(false);
        return true;
    }

    private async Task CopyAsync(
        LocalContent content, Lane lane, SaveTicket ticket, Progress progress, Func<MediaHead, ValueTask<SaveSink>> open, CancellationToken cancellationToken)
    {
        await progress.RestartAsync().ConfigureAwait(false);
        Stream body = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            await CopyAsync(body, isLocal: true, lane, ticket, progress, new MediaHead(null, content.Length, null), open, cancellationToken)
                .ConfigureAwait(false);
        }

        if (progress.Sink!.Position != content.Length)
        {
            throw new FileReadFailedException($"'{content.Name}' holds {progress.Sink.Position:N0} bytes, not the {content.Length:N0} that it announces.", content.Name);
        }

        await progress.Sink.SealAsync(cancellationToken).ConfigureAwait(false);
    }

    private async Task CopyAsync(
        Stream body, bool isLocal, Lane lane, SaveTicket ticket, Progress progress, MediaHead about, Func<MediaHead, ValueTask<SaveSink>> open, CancellationToken cancellationToken)
    {
        TimeSpan patience = isLocal ? Timeout.InfiniteTimeSpan : options.AnswerTimeout;
        // One clock for the whole copy, wound up again by every byte that comes.
        using CancellationTokenSource stalled = new(Timeout.InfiniteTimeSpan, options.TimeProvider);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(stalled.Token, cancellationToken);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferSize);
        int held = 0;
        // A small body is taken whole before its place is opened, so that the lane is free for the next while this one goes to the disk.
        int enough = about.Length <= BufferSize ? (int)about.Length : ContentKind.HeadLength;
        try
        {
            while (true)
            {
                stalled.CancelAfter(patience);
                int read = await body.ReadAsync(buffer.AsMemory(held, BufferSize - held), either.Token).ConfigureAwait(false);
                // The place it goes to may take its time: that is no fault of the line it comes by.
                stalled.CancelAfter(Timeout.InfiniteTimeSpan);
                held += read;
                // Only at its end does an archive show whether it is damaged.
                bool isOver = read == 0 || (!isLocal && progress.Sink is null && held == about.Length);
                if (isOver)
                {
                    lane.Leave();
                }

                if (isOver || progress.Sink is not null || held >= enough)
                {
                    await PutAsync().ConfigureAwait(false);
                }

                if (isOver)
                {
                    return;
                }
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new TimeoutRejectedException("The transfer stood still.", patience);
        }
        catch (Exception e) when (RetryPolicy.IsCut(e) && progress.Sink is null && held > 0)
        {
            // What came need not come again.
            await PutAsync().ConfigureAwait(false);
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        async ValueTask PutAsync()
        {
            progress.Sink ??= await OpenAsync(ticket, about with { Bytes = buffer.AsMemory(0, Math.Min(held, ContentKind.HeadLength)) }, open).ConfigureAwait(false);
            if (held > 0)
            {
                await progress.Sink.WriteAsync(buffer.AsMemory(0, held), cancellationToken).ConfigureAwait(false);
                held = 0;
            }
        }
    }

    private static ValueTask<SaveSink> OpenAsync(SaveTicket ticket, MediaHead head, Func<MediaHead, ValueTask<SaveSink>> open)
    {
        if (head.Bytes.IsEmpty && head.Length is null or 0)
        {
            throw new DownloadFailedException($"{ticket.Subject}: Google's media server sent no bytes.", ticket.Request.Id);
        }

        if (head.Bytes.IsEmpty)
        {
            throw new HttpIOException(HttpRequestError.ResponseEnded, $"0 of {head.Length} bytes came.");
        }

        return ContentKind.IsPage(head.ContentType, head.Bytes.Span)
            ? throw new DownloadFailedException($"{ticket.Subject}: what came is {head.ContentType}, not a picture.", ticket.Request.Id)
            : open(head);
    }

    private sealed class Progress
    {
        public SaveSink? Sink { get; set; }

        public string? Tag { get; set; }

        public async ValueTask RestartAsync()
        {
            if (Sink is { } sink)
            {
                Sink = null;
                await sink.AbandonAsync().ConfigureAwait(false);
                await sink.DisposeAsync().ConfigureAwait(false);
            }

            Tag = null;
        }
    }
}

/// <summary>How bytes begin.</summary>
/// <param name="ContentType">What the server calls them.</param>
/// <param name="Length">How many there will be; null when the server does not say.</param>
/// <param name="Tag">Their strong ETag, or null.</param>
internal sealed record MediaHead(string? ContentType, long? Length, string? Tag)
{
    public ReadOnlyMemory<byte> Bytes { get; init; }
}
