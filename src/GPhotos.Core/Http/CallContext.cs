namespace GPhotos.Core.Http;

/// <summary>What a failed call was about, for the error that tells of it.</summary>
/// <param name="Subject">How the message begins: what could not be done, to what.</param>
/// <param name="Scope">The scope the call needs, in short form.</param>
/// <param name="Now">The time of the call.</param>
internal sealed record CallContext(string Subject, string Scope, DateTimeOffset Now)
{
    public string? AlbumId { get; init; }

    public string? MediaItemId { get; init; }

    /// <summary>The picking session that is asked, so that 404 means that it is over.</summary>
    public string? PickingSessionId { get; init; }

    /// <summary>Whether it opens a picking session, which Google refuses for reasons of its own.</summary>
    public bool OpensPickingSession { get; init; }
}
