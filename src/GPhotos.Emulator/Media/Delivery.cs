namespace GPhotos.Emulator.Media;

/// <summary>How an item's bytes are given out, where it is not as usual: tests ask for it, no upload does.</summary>
internal sealed record Delivery
{
    /// <summary>That of every item nobody asked anything odd of.</summary>
    public static Delivery Usual { get; } = new();

    /// <summary>The MIME type of what comes down, in place of the one that is usual for the item.</summary>
    public string? DownloadsAs { get; init; }

    /// <summary>Every URL of the item answers 404 with a picture.</summary>
    public bool Lost { get; init; }

    /// <summary>Every URL of the item answers 403.</summary>
    public bool Denied { get; init; }

    /// <summary>The length is not announced: the body comes in chunks.</summary>
    public bool NoLength { get; init; }

    /// <summary>There is no ETag, and a Range is passed over: the whole body is sent.</summary>
    public bool NoRange { get; init; }

    /// <summary>Each base URL handed out leads to other bytes, as long as those before, under another ETag.</summary>
    public bool Unstable { get; init; }
}
