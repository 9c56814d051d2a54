using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>What became of one file: a result or an error, never both. Without a request: why files were left out.</summary>
public sealed record SendOutcome(SendRequest? Request, SendResult? Result, GPhotosException? Error)
{
    /// <summary>The file is a media item.</summary>
    internal static SendOutcome Done(
        SendRequest request, ContentIdentity identity, SendStatus status, string? mediaItemId, MediaItem? item, string? albumId) => new(
        request,
        new SendResult
        {
            Status = status,
            FullName = request.Path,
            Description = request.Description,
            Length = identity.Length,
            Sha256 = identity.Sha256,
            Id = mediaItemId,
            MediaItem = item,
            AlbumId = albumId,
        },
        null);

    /// <summary>The file was not created, because the run ended first.</summary>
    internal static SendOutcome Pending(SendRequest request, long length) => new(
        request,
        new SendResult { Status = SendStatus.Pending, FullName = request.Path, Description = request.Description, Length = length },
        null);

    /// <summary>The same for another input with the same bytes.</summary>
    internal SendOutcome ForTwin(SendRequest twin) => Result is null
        ? this with { Request = twin }
        : Result.Status == SendStatus.Pending
            ? Pending(twin, Result.Length)
            : Done(
                twin, new ContentIdentity(Result.Sha256!, Result.Length), Result.Id is null ? Result.Status : SendStatus.AlreadyInLibrary, Result.Id, Result.MediaItem, Result.AlbumId);
}
