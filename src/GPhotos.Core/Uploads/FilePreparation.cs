using GPhotos.Core.Api;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>What a lane does with one input: looks at it, asks the journal who it is, and brings its bytes up when Google does not have them.</summary>
internal sealed class FilePreparation(
    FileUploads uploads, AlbumDirectory albums, SendJournal journal, WebSources web, CallPlan plan, SendOptions options)
{
    // One to list, one to make it; more only for who has more than fifty albums.
    private const int MostCallsForAlbum = 2;

    public async Task<Prepared> PrepareAsync(
        SendRequest request, PlanTurn turn, Func<string, bool> isClosed, CancellationToken cancellationToken)
    {
        if (request.Description?.Length > SendRequest.MaxDescriptionLength)
        {
            // batchCreate would refuse the forty-nine beside it as well.
            throw new InvalidRequestException(
                $"'{request.Path}' was not sent: its description has {request.Description.Length} characters, and Google takes {SendRequest.MaxDescriptionLength}.");
        }

        UploadSource source = await LookAtAsync(request, cancellationToken).ConfigureAwait(false);
        string? albumId = request.AlbumId
            ?? (string.IsNullOrEmpty(request.Album) ? null : await AlbumAsync(request.Album, turn, cancellationToken).ConfigureAwait(false));
        if (albumId is not null && isClosed(albumId))
        {
            return new Prepared(request);
        }

        ContentDigest? digest = await DigestAsync(source, cancellationToken).ConfigureAwait(false);
        if (digest is null)
        {
            return Uploaded(await PlannedAsync(
                turn, source, albumId, () => uploads.UploadUnknownAsync(source, cancellationToken), cancellationToken).ConfigureAwait(false));
        }

        ContentRecord record = journal.Seen(digest.Identity, source.Key, source.Stamp);
        if (!options.Force)
        {
            if (record is { State: JournalState.Created, MediaItemId: { } id })
            {
                bool isPlanned = albumId is not null && !journal.IsPlaced(id, albumId);
                if (isPlanned)
                {
                    await plan.BeginAsync(turn, 0, albumId, cancellationToken).ConfigureAwait(false);
                }

                return new Prepared(request) { AlbumId = albumId, Identity = digest.Identity, MediaItemId = id, IsPlanned = isPlanned };
            }

            if (record.State == JournalState.Refused)
            {
                throw new MediaRejectedException(
                    $"'{source.Name}' was refused by Google on {record.ChangedAt:yyyy-MM-dd}: {record.Refusal}. It was not sent again; -Force does.",
                    source.Name,
                    record.RefusalCode)
                {
                    Words = record.Refusal,
                };
            }

            if (record.UploadToken is { } token)
            {
                await plan.BeginAsync(turn, 0, albumId, cancellationToken).ConfigureAwait(false);
                return Uploaded(uploads.TakeOver(source, digest.Identity, token));
            }
        }

        return Uploaded(await PlannedAsync(
            turn, source, albumId, () => uploads.UploadAsync(source, digest, cancellationToken), cancellationToken).ConfigureAwait(false));

        Prepared Uploaded(UploadedFile file) => new(request) { AlbumId = albumId, Identity = file.Identity, File = file, IsPlanned = true };
    }

    /// <summary>Brings the bytes of an input up whatever the journal knows of it.</summary>
    public async Task<CreationEntry> PrepareAnewAsync(SendRequest request, CancellationToken cancellationToken)
    {
        UploadSource source = await LookAtAsync(request, cancellationToken).ConfigureAwait(false);
        ContentDigest? digest = await DigestAsync(source, cancellationToken).ConfigureAwait(false);
        return new CreationEntry(request, digest is null
            ? await uploads.UploadUnknownAsync(source, cancellationToken).ConfigureAwait(false)
            : await uploads.UploadAsync(source, digest, cancellationToken).ConfigureAwait(false));
    }

    private async Task<UploadSource> LookAtAsync(SendRequest request, CancellationToken cancellationToken) => request.Address is { } address
        ? await web.LookAtAsync(address, cancellationToken).ConfigureAwait(false)
        : request.LookAt();

    private async Task<string> AlbumAsync(string idOrTitle, PlanTurn turn, CancellationToken cancellationToken)
    {
        int calls = albums.Knows(idOrTitle) ? 0 : MostCallsForAlbum;
        await plan.BeginAsync(turn, calls, null, cancellationToken, isToBeWritten: false).ConfigureAwait(false);
        try
        {
            return (await albums.FindOrCreateAsync(idOrTitle, cancellationToken).ConfigureAwait(false)).Id;
        }
        finally
        {
            plan.Sent(calls);
        }
    }

    private async Task<UploadedFile> PlannedAsync(
        PlanTurn turn, UploadSource source, string? albumId, Func<Task<UploadedFile>> upload, CancellationToken cancellationToken)
    {
        int calls = options.CallsFor(source.Length);
        await plan.BeginAsync(turn, calls, albumId, cancellationToken).ConfigureAwait(false);
        turn.Decide();
        bool isUp = false;
        try
        {
            UploadedFile file = await upload().ConfigureAwait(false);
            isUp = true;
            return file;
        }
        finally
        {
            plan.Sent(calls);
            plan.Written(isUp ? 0 : 1, albumId);
        }
    }

    // A file with the name, length and time it had is not read to learn who it is; a web address with the same validators is not fetched.
    private async Task<ContentDigest?> DigestAsync(UploadSource source, CancellationToken cancellationToken)
    {
        if (!options.Force && !(options.VerifyChecksum && source.IsLocal)
            && journal.IdentityOf(source.Key, source.Stamp) is { } identity && identity.Length == source.Length)
        {
            return new ContentDigest(identity, null);
        }

        return source.IsLocal ? await ContentDigest.OfAsync(source, options.VerifyChecksum, cancellationToken).ConfigureAwait(false) : null;
    }
}
