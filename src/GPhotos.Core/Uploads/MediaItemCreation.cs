using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;

namespace GPhotos.Core.Uploads;

/// <summary>Turns upload tokens into media items. The one place that reads the per-item statuses of batchCreate.</summary>
/// <remarks>
/// See https://developers.google.com/photos/library/reference/rest/v1/mediaItems/batchCreate. A good HTTP status says nothing of the
/// single file: each has its own status inside, in a 200 as in a 207.
/// </remarks>
internal sealed class MediaItemCreation(LibraryCaller caller, ByteUploads uploads, RetryPolicy retry, WriteLane lane, int maxItemRetries)
{
    public const int MaxBatchSize = 50;

    private const int InvalidArgument = 3;
    private const int AlreadyExists = 6;
    private const int Internal = 13;
    private const int Unavailable = 14;

    // Repeated here and not by the policy: only here is known that a reply was lost, and what that does to the tokens.
    private static readonly CallTraits Traits = new("mediaItems.batchCreate", Repeatable: false);

    /// <summary>One outcome per file, in the order given. Statuses that pass are asked for again, a bounded number of times.</summary>
    /// <exception cref="GPhotosException">The call failed whole; nothing was created.</exception>
    public async Task<IReadOnlyList<SendOutcome>> CreateAsync(
        IReadOnlyList<UploadedFile> files, string? albumId, CancellationToken cancellationToken)
    {
        UploadedFile[] current = [.. files];
        SendOutcome?[] done = new SendOutcome?[files.Count];
        List<int> open = [.. Enumerable.Range(0, files.Count)];
        HashSet<int> sentAnew = [];
        bool replyLost = false;
        for (int attempt = 0; ; attempt++)
        {
            string reason;
            try
            {
                Dictionary<string, WireNewMediaItemResult> results =
                    await CallAsync([.. open.Select(i => current[i])], albumId, cancellationToken).ConfigureAwait(false);
                List<int> again = [];
                foreach (int i in open)
                {
                    WireNewMediaItemResult? result = results.GetValueOrDefault(current[i].UploadToken);
                    int? code = result?.Status?.Code;
                    if (code is Internal or Unavailable && attempt < maxItemRetries)
                    {
                        again.Add(i);
                    }
                    else if (code is InvalidArgument && replyLost && sentAnew.Add(i))
                    {
                        // The call whose reply was lost may have spent the token. The same bytes sent anew are the same media item.
                        (current[i], done[i]) = await SendAnewAsync(current[i], cancellationToken).ConfigureAwait(false);
                        again.AddRange(done[i] is null ? [i] : []);
                    }
                    else
                    {
                        done[i] = Outcome(current[i], result, albumId);
                    }
                }

                if (again.Count == 0)
                {
                    return NameTwins([.. done.Select(o => o!)]);
                }

                reason = $"{again.Count} of {open.Count} media items were answered 'try again'";
                open = again;
            }
            catch (GPhotosException e) when (attempt < maxItemRetries
                && e is ConnectionFailedException or ServiceUnavailableException { HttpStatus: not 409 })
            {
                replyLost = true;
                reason = e.HttpStatus is { } status ? $"Google answered {status}" : "the connection broke";
            }

            await retry.WaitAsync(Traits, reason, attempt, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task<(UploadedFile File, SendOutcome? Failed)> SendAnewAsync(UploadedFile file, CancellationToken cancellationToken)
    {
        try
        {
            return (await uploads.UploadAsync(file.Source, cancellationToken).ConfigureAwait(false), null);
        }
        catch (GPhotosException e) when (!e.EndsTheRun)
        {
            return (file, new SendOutcome(file.Source, null, e));
        }
    }

    private async Task<Dictionary<string, WireNewMediaItemResult>> CallAsync(
        IReadOnlyList<UploadedFile> files, string? albumId, CancellationToken cancellationToken)
    {
        WireBatchCreateRequest request = new(
            albumId,
            [.. files.Select(f => new WireNewMediaItem(f.Source.Description, new(f.UploadToken, Path.GetFileName(f.Source.Path))))]);
        CallContext context = new($"Creating {files.Count} media items", GPhotosScopes.AppendOnly, caller.Now) { AlbumId = albumId };
        WireBatchCreateReply reply = await lane.RunAsync(
            () => caller.PostAsync(
                Traits, context, "v1/mediaItems:batchCreate", request,
                WireJsonContext.Default.WireBatchCreateRequest, WireJsonContext.Default.WireBatchCreateReply, cancellationToken),
            cancellationToken).ConfigureAwait(false);

        // Google does not promise the order; the token says which file is meant.
        return (reply.NewMediaItemResults ?? []).Where(r => r.UploadToken is not null)
            .GroupBy(r => r.UploadToken!).ToDictionary(g => g.Key, g => g.First());
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
