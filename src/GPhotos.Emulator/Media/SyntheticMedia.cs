namespace GPhotos.Emulator.Media;

/// <summary>Makes up media: small, each different, the same for the same seed.</summary>
internal static class SyntheticMedia
{
    private static readonly MediaFacts Photo = new("image/jpeg")
    {
        Width = SyntheticJpeg.Width,
        Height = SyntheticJpeg.Height,
        CameraMake = ExifSegment.Make,
        CameraModel = ExifSegment.Model,
    };

    private static readonly MediaFacts Video = new("video/mp4") { Width = 1920, Height = 1080, FramesPerSecond = 30 };

    /// <summary>Content and the facts of it.</summary>
    /// <param name="mimeType">The type; a JPEG when null.</param>
    /// <param name="seed">What makes it different from others.</param>
    /// <param name="captured">When it was taken.</param>
    /// <param name="size">Its size in bytes; the natural size when that is larger.</param>
    public static (MediaContent Content, MediaFacts Facts) Make(string? mimeType, ulong seed, DateTime captured, int size)
    {
        MediaFacts facts = mimeType is null ? Photo : new MediaFacts(mimeType).IsVideo
            ? Video with { MimeType = mimeType }
            : Photo with { MimeType = mimeType };
        return (
            new SyntheticContent(() => SyntheticBytes.Make(facts.MimeType, seed, captured, size)),
            facts with { Captured = captured });
    }

    /// <summary>A photo with a moving part.</summary>
    public static (MediaContent Content, MediaFacts Facts) MakeMotionPhoto(ulong seed, DateTime captured, int size) =>
        (new SyntheticContent(() => SyntheticBytes.MakeMotionPhoto(seed, captured, size)), Photo with { Captured = captured });

    /// <summary>The facts of every synthetic photo, shared by all: a library may have a hundred thousand.</summary>
    public static MediaFacts PhotoFacts => Photo;
}
