namespace GPhotos.Core.Uploads;

/// <summary>How files are sent.</summary>
public sealed record SendOptions
{
    /// <summary>How many files travel at once, 1 or more. Media items are created one batch at a time all the same.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Sends what the journal knows as sent or refused all the same.</summary>
    public bool Force { get; init; }

    /// <summary>Lets Google check each file's SHA-1 on arrival (the undocumented header X-Goog-Hash). Costs one more reading of files known by name.</summary>
    public bool VerifyChecksum { get; init; }

    /// <summary>
    /// Files of this many bytes and more go up in a resumable session: two calls instead of one, but a break costs little. Google
    /// recommends sessions for large files and slow lines.
    /// </summary>
    public long ResumableFrom { get; init; } = 50L * 1000 * 1000;

    /// <summary>How many calls a file of this length costs to upload while all goes well, without its fiftieth of a batch.</summary>
    internal int CallsFor(long length) => length < ResumableFrom ? 1 : 2;
}
