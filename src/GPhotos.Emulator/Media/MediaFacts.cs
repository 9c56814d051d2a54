namespace GPhotos.Emulator.Media;

/// <summary>What a file says about itself. Numbers that are not told are 0, which the wire leaves out.</summary>
internal sealed record MediaFacts(string MimeType)
{
    public bool IsVideo => MimeType.StartsWith("video/", StringComparison.Ordinal);

    /// <summary>When it was taken, in UTC.</summary>
    public DateTime? Captured { get; init; }

    public long Width { get; init; }

    public long Height { get; init; }

    public string? CameraMake { get; init; }

    public string? CameraModel { get; init; }

    public double FocalLength { get; init; }

    public double ApertureFNumber { get; init; }

    public int IsoEquivalent { get; init; }

    /// <summary>A duration as protocol buffers write it, such as <c>0.008s</c>.</summary>
    public string? ExposureTime { get; init; }

    public double FramesPerSecond { get; init; }

    public bool TellsCamera => CameraMake is not null || CameraModel is not null;

    public bool TellsExposure => FocalLength != 0 || ApertureFNumber != 0 || IsoEquivalent != 0 || ExposureTime is not null;
}
