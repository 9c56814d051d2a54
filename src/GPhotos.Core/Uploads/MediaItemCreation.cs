using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>Turns upload tokens into media items. The one place that reads the per-item statuses of batchCreate.</summary>
/// <remarks>
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems/batchCreate. A good HTTP status says nothing of the
/// single file: each has its own status inside, in a 200 as in a 207.
/// </remarks>
internal sealed class MediaItemCreation(LibraryCaller caller, RetryPolicy retry, SendJournal journal, int maxRetries)
{
    public const int MaxBatchSize = 50;

    // google.rpc.Code. Only the first is a verdict on the file; of the others that are not named here nobody has seen one for a single item.
    private const int InvalidArgument = 3;
    private const int AlreadyExists = 6;
    private const int PermissionDenied = 7;
    private const int Unauthenticated = 16;
    private static readonly int[] Passing = [1, 2, 4, 8, 10, 13, 14];

    // Repeated here and not by the policy: only here is known that a reply was lost, and what that does to the tokens.
    private static readonly CallTraits Traits = new("mediaItems.batchCreate", Repeatable: false, IsWrite: true);

    /// <summary>
    /// Asks for media items until each entry has its outcome or needs its bytes sent anew. Statuses that pass are asked for again, a bounded
    /// number of times; what is done by then stays done whatever becomes of the rest.
    /// </summary>
    /// <exception cref="GPhotosException">The whole call failed, for all entries that are still open.</exception>
    public async Task CreateAsync(IReadOnlyList<CreationEntry> entries, string? albumId, int repeats, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            CreationEntry[] open = [.. entries.Where(e => IsOpen(e) && !IsMadeMeanwhile(e, albumId))];
            if (open.Length == 0)
            {
                return;
            }

            string reason;
            try
            {
                Dictionary<string, WireNewMediaItemResult> results = await CallAsync(open, albumId, cancellationToken).ConfigureAwait(false);
                try
                {
                    // Those first that need no look into the journal: what is done must not hang on it.
                    foreach (CreationEntry entry in open.OrderBy(e => results.GetValueOrDefault(e.File.UploadToken)?.Status?.Code ?? 0))
                    {
                        Judge(entry, results.GetValueOrDefault(entry.File.UploadToken), albumId, attempt < maxRetries);
                    }
                }
                finally
                {
                    Record(open, albumId);
                }

                reason = $"some of {open.Length} media items were answered 'try again'";
            }
            catch (GPhotosException e) when (IsLost(e))
            {
                Array.ForEach(open, entry => entry.TokenMayBeSpent = true);
                if (attempt >= repeats)
                {
                    throw;
                }

                reason = e.HttpStatus is { } status ? $"Google answered {status}" : "the connection broke";
            }

            if (open.Any(IsOpen))
            {
                await retry.WaitAsync(Traits, reason, attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    public static bool IsOpen(CreationEntry entry) => entry is { Outcome: null, NeedsBytes: false };

    // The policy has repeated a 409 already; anything else here may or may not have been carried out.
    private static bool IsLost(GPhotosException e) => e is ConnectionFailedException or ServiceUnavailableException { HttpStatus: not 409 };

    private async Task<Dictionary<string, WireNewMediaItemResult>> CallAsync(
        CreationEntry[] entries, string? albumId, CancellationToken cancellationToken)
    {
        WireBatchCreateRequest request = new(
            albumId,
            [.. entries.Select(e => new WireNewMediaItem(e.Request.Description, new(e.File.UploadToken, e.File.Source.FileName)))]);
        CallContext context = new($"Creating {entries.Length} media items", GPhotosScopes.AppendOnly, caller.Now) { AlbumId = albumId };
        WireBatchCreateReply reply = await caller.PostAsync(
            Traits, context, "v1/mediaItems:batchCreate", request,
            WireJsonContext.Default.WireBatchCreateRequest, WireJsonContext.Default.WireBatchCreateReply, cancellationToken).ConfigureAwait(false);

        // Google does not promise the order; the token says which file is meant.
        return (reply.NewMediaItemResults ?? []).Where(r => r.UploadToken is not null)
            .GroupBy(r => r.UploadToken!).ToDictionary(g => g.Key, g => g.First());
    }

    /// <summary>Reads the status of one file. It stays open when it is worth another call.</summary>
    private void Judge(CreationEntry entry, WireNewMediaItemResult? result, string? albumId, bool mayRepeat)
    {
        string name = entry.File.Source.Name;
        WireStatus status = result?.Status ?? new WireStatus(0, null);
        switch (status.Code)
        {
            case 0 when result is null:
                entry.Failed(new UnexpectedResponseException($"'{name}': Google's answer does not mention it."));
                break;
            case 0 when result.MediaItem is not { Id.Length: > 0 }:
                entry.Failed(new UnexpectedResponseException($"'{name}': Google reported success but named no media item."));
                break;
            case 0:
                entry.Done(SendStatus.Created, result.MediaItem.Id, result.MediaItem.ToModel(caller.Now), albumId);
                break;
            case AlreadyExists:
                entry.Done(SendStatus.Duplicate, result!.MediaItem is { Id.Length: > 0 } known ? known.Id : null, result.MediaItem?.ToModel(caller.Now), albumId);
                break;
            case var _ when GoogleError.IsStorageFull(status.Message):
                throw new StorageFullException($"'{name}': {status.Message}");
            case var passing when Passing.Contains(passing) && mayRepeat:
                break;
            case var passing when Passing.Contains(passing):
                entry.Failed(new ServiceUnavailableException($"'{name}': {status.Message} (still, after every repeat)"));
                break;
            case InvalidArgument when IsMadeMeanwhile(entry, albumId):
                break;
            case InvalidArgument when MayBeSpent(entry):
                // The same bytes sent anew are the same media item: Google finds that it has them, and nothing comes to stand twice.
                entry.NeedsBytes = true;
                break;
            case Unauthenticated:
                throw new SignInExpiredException($"'{name}': Google no longer takes the sign-in: {status.Message}");
            case PermissionDenied:
                entry.Failed(new PermissionDeniedException($"'{name}': {status.Message}"));
                break;
            default:
                entry.Failed(new MediaRejectedException($"'{name}' was refused by Google: {status.Message}", name, status.Code) { Words = status.Message });
                break;
        }
    }

    // Two processes that send the same file may hold the same token: whoever comes second finds it spent.
    private bool MayBeSpent(CreationEntry entry) =>
        entry.TokenMayBeSpent
        || journal.Find(entry.Identity) is not { IsTokenShared: false } now || now.UploadToken != entry.File.UploadToken;

    /// <summary>Whether another process made the media item while this one brought up the bytes. The entry is done then.</summary>
    private bool IsMadeMeanwhile(CreationEntry entry, string? albumId)
    {
        // What this process uploaded on demand although it is there still has its token.
        if (journal.Find(entry.Identity) is { State: JournalState.Created, UploadToken: null, MediaItemId: { } id }
            && (albumId is null || journal.IsPlaced(id, albumId)))
        {
            entry.Done(SendStatus.AlreadyInLibrary, id, null, albumId);
            return true;
        }

        return false;
    }

    private void Record(CreationEntry[] judged, string? albumId)
    {
        journal.Created(
            judged.Where(e => e.Outcome?.Result?.Id is not null).Select(e => (e.Identity, e.Outcome!.Result!.Id!)), albumId);
        foreach (CreationEntry entry in judged)
        {
            if (entry.NeedsBytes)
            {
                journal.TokenSpent(entry.Identity);
            }
            else if (entry.Outcome?.Error is MediaRejectedException { Code: InvalidArgument } refusal)
            {
                journal.Refused(entry.Identity, refusal.Code, refusal.Words ?? "");
            }
        }
    }
}
