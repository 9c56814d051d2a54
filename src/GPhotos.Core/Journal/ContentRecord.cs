namespace GPhotos.Core.Journal;

/// <summary>What the journal knows of one content, for the sender. Holds secrets (session address, upload token): never shown.</summary>
internal sealed record ContentRecord(ContentIdentity Identity, JournalState State)
{
    public SessionRecord? Session { get; init; }

    /// <summary>The upload token, unless it is too old to be used.</summary>
    public string? UploadToken { get; init; }

    /// <summary>Whether another process than the one that brought the bytes up may have used the token.</summary>
    public bool IsTokenShared { get; init; }

    public string? MediaItemId { get; init; }

    public int? RefusalCode { get; init; }

    public string? Refusal { get; init; }

    public DateTimeOffset ChangedAt { get; init; }

    /// <summary>Names the content, never its secrets.</summary>
    public override string ToString() => $"{Identity.Sha256} {State}";
}
