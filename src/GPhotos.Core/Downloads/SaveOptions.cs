namespace GPhotos.Core.Downloads;

/// <summary>How media items are saved.</summary>
public sealed record SaveOptions
{
    /// <summary>The full path of the folder; made when missing.</summary>
    public required string Destination { get; init; }

    /// <summary>How many items travel at once, 1 or more.</summary>
    public int ThrottleLimit { get; init; } = 8;

    /// <summary>Download again, and replace a file of the item's name.</summary>
    public bool Force { get; init; }
}
