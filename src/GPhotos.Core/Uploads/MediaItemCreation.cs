using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>Turns upload tokens into media items. The one place that reads the per-item statuses of batchCreate.</summary>
/// <remarks>
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems/batchCreate. A good HTTP status says nothing of the
/// single file: each has its own status inside, in a 200 as in a 207.
/// </remarks>
internal sealed class MediaItemCreation(LibraryCaller caller, ByteUploads uploads, RetryPolicy retry, int maxRetries)
{
    public const int MaxBatchSize = 50;

    private const int InvalidArgument = 3;
    private const int AlreadyExists = 6;
    private const int Internal = 13;
    private const int Unavailable = 14;

    // Repeated here and not by the policy: only here is known that a reply was lost, and what that does to the tokens.
    private static readonly CallTraits Traits = new("mediaItems.batchCreate", Repeatable: false, IsWrite: true);

    /// <summary>
    /// One outcome per file, in the order given. Statuses that pass are asked for again, a bounded number of times; what is done by
    /// then stays done whatever becomes of the rest.
    /// </summary>
    public async Task<CreationResult> CreateAsync(
        IReadOnlyList<UploadedFile> files, string? albumId, CancellationToken cancellationToken)
    {
        CreationEntry[] entries = [.. files.Select(f => new CreationEntry(f))];
        for (int attempt = 0; ; attempt++)
        {
            CreationEntry[] open = [.. entries.Where(e => e.Outcome is null)];
            if (open.Length == 0)
            {
                return new CreationResult(NameTwins([.. entries.Select(e => e.Outcome!)]), null);
            }

            string reason;
            try
            {
                Dictionary<string, WireNewMediaItemResult> results = await CallAsync(open, albumId, cancellationToken).ConfigureAwait(false);
                foreach (CreationEntry entry in open)
                {
                    WireNewMediaItemResult? result = results.GetValueOrDefault(entry.File.UploadToken);
                    await JudgeAsync(entry, result, albumId, attempt < maxRetries, cancellationToken).ConfigureAwait(false);
                }

                reason = $"some of {open.Length} media items were answered 'try again'";
            }
            catch (GPhotosException e) when (attempt < maxRetries && IsLost(e))
            {
                Array.ForEach(open, entry => entry.TokenMayBeSpent = true);
                reason = e.HttpStatus is { } status ? $"Google answered {status}" : "the connection broke";
            }
            catch (GPhotosException e)
            {
                return Ended(entries, e);
            }

            if (open.Any(e => e.Outcome is null))
            {
                await retry.WaitAsync(Traits, reason, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    // The policy has repeated a 409 already; anything else here may or may not have been carried out.
    private static bool IsLost(GPhotosException e) => e is ConnectionFailedException or ServiceUnavailableException { HttpStatus: not 409 };

    /// <summary>What a failure of the whole call means for the files that are still open.</summary>
    private static CreationResult Ended(CreationEntry[] entries, GPhotosException error)
    {
        // Every other batch would fail in the same way, at the cost of all its uploads.
        bool ends = error.EndsTheRun || error is AlbumNotFoundException or NotCreatedByThisAppException;
        foreach (CreationEntry entry in entries.Where(e => e.Outcome is null))
        {
            if (ends)
            {
                entry.Pending();
            }
            else
            {
                entry.Failed(error);
            }
        }

        return new CreationResult(NameTwins([.. entries.Select(e => e.Outcome!)]), ends ? error : null);
    }

    private async Task<Dictionary<string, WireNewMediaItemResult>> CallAsync(
        CreationEntry[] entries, string? albumId, CancellationToken cancellationToken)
    {
        WireBatchCreateRequest request = new(
            albumId,
            [.. entries.Select(e => e.File).Select(f => new WireNewMediaItem(f.Source.Description, new(f.UploadToken, Path.GetFileName(f.Source.Path))))]);
        CallContext context = new($"Creating {entries.Length} media items", GPhotosScopes.AppendOnly, caller.Now) { AlbumId = albumId };
        WireBatchCreateReply reply = await caller.PostAsync(
            Traits, context, "v1/mediaItems:batchCreate", request,
            WireJsonContext.Default.WireBatchCreateRequest, WireJsonContext.Default.WireBatchCreateReply, cancellationToken).ConfigureAwait(false);

        // Google does not promise the order; the token says which file is meant.
        return (reply.NewMediaItemResults ?? []).Where(r => r.UploadToken is not null)
            .GroupBy(r => r.UploadToken!).ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>Reads the status of one file. It stays open when it is worth another call.</summary>
    private async Task JudgeAsync(
        CreationEntry entry, WireNewMediaItemResult? result, string? albumId, bool mayRepeat, CancellationToken cancellationToken)
    {
        string path = entry.File.Source.Path;
        WireStatus status = result?.Status ?? new WireStatus(0, null);
        switch (status.Code)
        {
            case 0 when result is null:
                entry.Failed(new UnexpectedResponseException($"'{path}': Google's answer does not mention it."));
                break;
            case 0 when result.MediaItem is not { Id: not null }:
                entry.Failed(new UnexpectedResponseException($"'{path}': Google reported success but named no media item."));
                break;
            case 0:
                entry.Done(Result(entry.File, SendStatus.Created, result.MediaItem.ToModel(caller.Now), albumId));
                break;
            case AlreadyExists:
                entry.Done(Result(entry.File, SendStatus.Duplicate, result!.MediaItem?.ToModel(caller.Now), albumId));
                break;
            case Internal or Unavailable when mayRepeat:
                break;
            case Internal or Unavailable:
                entry.Failed(new ServiceUnavailableException($"'{path}': {status.Message} (still, after every repeat)"));
                break;
            case InvalidArgument when entry.TokenMayBeSpent && mayRepeat:
                await SendAnewAsync(entry, cancellationToken).ConfigureAwait(false);
                break;
            case InvalidArgument when entry.TokenMayBeSpent:
                entry.Failed(new ServiceUnavailableException($"'{path}': the replies were lost, so it is not known whether it was created."));
                break;
            default:
                entry.Failed(new MediaRejectedException($"'{path}' was refused by Google: {status.Message}", path, status.Code));
                break;
        }
    }

    // The same bytes sent anew are the same media item: Google finds that it has them, and nothing comes to stand twice.
    private async Task SendAnewAsync(CreationEntry entry, CancellationToken cancellationToken)
    {
        try
        {
            entry.Renew(await uploads.UploadAsync(entry.File.Source, cancellationToken).ConfigureAwait(false));
        }
        catch (GPhotosException e) when (!e.EndsTheRun)
        {
            entry.Failed(e);
        }
    }

    private static SendResult Result(UploadedFile file, SendStatus status, MediaItem? item, string? albumId) => new()
    {
        Status = status,
        FullName = file.Source.Path,
        Description = file.Source.Description,
        Length = file.Length,
        Sha256 = file.Sha256,
        Id = item?.Id,
        MediaItem = item,
        AlbumId = albumId,
    };

    // Google does not name the twin of a duplicate within one call; the hash does.
    private static List<SendOutcome> NameTwins(List<SendOutcome> outcomes)
    {
        Dictionary<string, MediaItem> created = outcomes
            .Where(o => o.Result is { Status: SendStatus.Created, MediaItem: not null })
            .GroupBy(o => o.Result!.Sha256!).ToDictionary(g => g.Key, g => g.First().Result!.MediaItem!);
        return [.. outcomes.Select(o =>
            o.Result is { Status: SendStatus.Duplicate, Id: null } r && created.TryGetValue(r.Sha256!, out MediaItem? twin)
                ? o with { Result = r.WithMediaItem(twin) }
                : o)];
    }
}
