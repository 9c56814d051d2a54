using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>Turns upload tokens into media items. The one place that reads the per-item statuses of batchCreate.</summary>
/// <remarks>
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems/batchCreate. A good HTTP status says nothing of the
/// single file: each has its own status inside, in a 200 as in a 207.
/// </remarks>
internal sealed class MediaItemCreation(LibraryCaller caller, ByteUploads uploads, RetryPolicy retry, WriteLane lane, int maxRetries)
{
    public const int MaxBatchSize = 50;

    private const int InvalidArgument = 3;
    private const int AlreadyExists = 6;
    private const int Internal = 13;
    private const int Unavailable = 14;

    // Not for the HTTP layer to repeat: whether a reply was lost decides what a refusal means.
    private static readonly CallTraits Traits = new("mediaItems.batchCreate", Repeatable: false);

    /// <summary>One outcome per file, in the order given. Statuses that pass are asked for again, a bounded number of times.</summary>
    /// <exception cref="GPhotosException">The call failed whole; nothing was created.</exception>
    public async Task<IReadOnlyList<SendOutcome>> CreateAsync(
        IReadOnlyList<UploadedFile> files, string? albumId, CancellationToken cancellationToken)
    {
        Dictionary<SendRequest, SendOutcome> done = new(ReferenceEqualityComparer.Instance);
        IReadOnlyList<UploadedFile> open = files;
        bool sentAnew = false;
        for (int attempt = 0; ; attempt++)
        {
            List<UploadedFile> again = [], spent = [];
            (Dictionary<string, WireNewMediaItemResult> results, bool replyLost) =
                await CallAsync(open, albumId, cancellationToken).ConfigureAwait(false);
            foreach (UploadedFile file in open)
            {
                WireNewMediaItemResult? result = results.GetValueOrDefault(file.UploadToken);
                switch (result?.Status?.Code)
                {
                    case Internal or Unavailable when attempt < maxRetries:
                        again.Add(file);
                        break;
                    case InvalidArgument when replyLost && !sentAnew:
                        spent.Add(file);
                        break;
                    default:
                        done[file.Source] = Outcome(file, result, albumId);
                        break;
                }
            }

            if (again.Count + spent.Count == 0)
            {
                return NameTwins([.. files.Select(f => done[f.Source])]);
            }

            if (again.Count > 0)
            {
                await retry.WaitAsync(Traits, $"{again.Count} of {open.Count} media items were answered 'try again'", attempt, cancellationToken)
                    .ConfigureAwait(false);
            }

            sentAnew |= spent.Count > 0;
            open = [.. again, .. await SendAnewAsync(spent, done, cancellationToken).ConfigureAwait(false)];
        }
    }

    /// <summary>
    /// Sends the bytes once more where the call whose reply was lost may have used the token up. Google then finds that it has them,
    /// so nothing comes to stand twice.
    /// </summary>
    private async Task<List<UploadedFile>> SendAnewAsync(
        List<UploadedFile> spent, Dictionary<SendRequest, SendOutcome> done, CancellationToken cancellationToken)
    {
        List<UploadedFile> sent = [];
        foreach (UploadedFile file in spent)
        {
            try
            {
                sent.Add(await uploads.UploadAsync(file.Source, cancellationToken).ConfigureAwait(false));
            }
            catch (GPhotosException e) when (!e.EndsTheRun)
            {
                done[file.Source] = new SendOutcome(file.Source, null, e);
            }
        }

        return sent;
    }

    private async Task<(Dictionary<string, WireNewMediaItemResult> Results, bool ReplyLost)> CallAsync(
        IReadOnlyList<UploadedFile> files, string? albumId, CancellationToken cancellationToken)
    {
        if (files.Count == 0)
        {
            return ([], false);
        }

        WireBatchCreateRequest request = new(
            albumId,
            [.. files.Select(f => new WireNewMediaItem(f.Source.Description, new(f.UploadToken, Path.GetFileName(f.Source.Path))))]);
        CallContext context = new($"Creating {files.Count} media items", GPhotosScopes.AppendOnly, caller.Now) { AlbumId = albumId };
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                WireBatchCreateReply reply = await lane.RunAsync(
                    () => caller.PostAsync(
                        Traits, context, "v1/mediaItems:batchCreate", request,
                        WireJsonContext.Default.WireBatchCreateRequest, WireJsonContext.Default.WireBatchCreateReply, cancellationToken),
                    cancellationToken).ConfigureAwait(false);

                // Google does not promise the order; the token says which file is meant.
                return (
                    (reply.NewMediaItemResults ?? []).Where(r => r.UploadToken is not null)
                        .GroupBy(r => r.UploadToken!).ToDictionary(g => g.Key, g => g.First()),
                    attempt > 0);
            }
            catch (GPhotosException e) when (e is ConnectionFailedException or ServiceUnavailableException && attempt < maxRetries)
            {
                await retry.WaitAsync(Traits, "no answer that tells what was created", attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private SendOutcome Outcome(UploadedFile file, WireNewMediaItemResult? result, string? albumId)
    {
        string path = file.Source.Path;
        WireStatus status = result?.Status ?? new WireStatus(0, null);
        return (result, status.Code) switch
        {
            (null, _) => Failed(new UnexpectedResponseException($"'{path}': Google's answer does not mention it.")),
            ({ MediaItem: { Id: not null } wire }, 0) => Done(SendStatus.Created, wire.ToModel(caller.Now)),
            (_, 0) => Failed(new UnexpectedResponseException($"'{path}': Google reported success but named no media item.")),
            (_, AlreadyExists) => Done(SendStatus.Duplicate, result.MediaItem?.ToModel(caller.Now)),
            (_, Internal or Unavailable) => Failed(new ServiceUnavailableException($"'{path}': {status.Message} (still, after every repeat)")),
            _ => Failed(new MediaRejectedException($"'{path}' was refused by Google: {status.Message}", path, status.Code)),
        };

        SendOutcome Failed(GPhotosException error) => new(file.Source, null, error);

        SendOutcome Done(SendStatus outcome, MediaItem? item) => new(
            file.Source,
            new SendResult
            {
                Status = outcome,
                FullName = path,
                Length = file.Length,
                Sha256 = file.Sha256,
                Id = item?.Id,
                MediaItem = item,
                AlbumId = albumId,
            },
            null);
    }

    // Google does not name the twin of a duplicate within one call; the hash does.
    private static List<SendOutcome> NameTwins(List<SendOutcome> outcomes)
    {
        Dictionary<string, MediaItem> created = outcomes
            .Where(o => o.Result is { Status: SendStatus.Created, MediaItem: not null })
            .GroupBy(o => o.Result!.Sha256!).ToDictionary(g => g.Key, g => g.First().Result!.MediaItem!);
        return [.. outcomes.Select(o =>
            o.Result is { Status: SendStatus.Duplicate, Id: null } r && created.TryGetValue(r.Sha256!, out MediaItem? twin)
                ? o with
                {
                    Result = new SendResult
                    {
                        Status = r.Status, FullName = r.FullName, Length = r.Length, Sha256 = r.Sha256, AlbumId = r.AlbumId, Id = twin.Id, MediaItem = twin,
                    },
                }
                : o)];
    }
}
