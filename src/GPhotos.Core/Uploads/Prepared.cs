using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>How far a lane brought one input: to an upload token, to a media item that is there already, or to an error.</summary>
internal sealed record Prepared(SendRequest Request)
{
    public ContentIdentity? Identity { get; init; }

    public string? AlbumId { get; init; }

    /// <summary>The bytes are at Google; a media item is to be made.</summary>
    public UploadedFile? File { get; init; }

    /// <summary>The media item that has these bytes already.</summary>
    public string? MediaItemId { get; init; }

    /// <summary>Whether the plan set a part of a batch aside for it.</summary>
    public bool IsPlanned { get; init; }

    /// <summary>What is wrong with this input alone.</summary>
    public GPhotosException? Error { get; init; }

    /// <summary>Whether the run had ended, for everybody or for this album, before this input's turn came.</summary>
    public bool IsLeftOut => File is null && MediaItemId is null && Error is null;
}
