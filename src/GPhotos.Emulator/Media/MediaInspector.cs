using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataDirectory = MetadataExtractor.Directory;

namespace GPhotos.Emulator.Media;

/// <summary>Reads what a picture or video says about itself.</summary>
internal static class MediaInspector
{
    /// <summary>The facts, or null for bytes that are no media.</summary>
    public static MediaFacts? Inspect(ByteSlice bytes)
    {
        if (MediaFormat.Sniff(bytes.Peek(0, MediaFormat.Needed)) is not string mimeType)
        {
            return null;
        }

        MediaFacts facts = new(mimeType);
        IReadOnlyList<MetadataDirectory> directories;
        try
        {
            using ByteSliceStream stream = new(bytes);
            directories = ImageMetadataReader.ReadMetadata(stream);
        }
        catch (Exception problem) when (problem is ImageProcessingException or IOException or ArgumentException)
        {
            // A format known by its first bytes but not to the reader is a photo without facts, as an odd RAW is.
            return facts;
        }

        (int width, int height) = PixelSize.Of(directories);
        facts = facts with { Width = width, Height = height, Captured = CaptureTime.Of(directories) };
        return facts.IsVideo
            ? facts with { FramesPerSecond = PixelSize.FramesPerSecond(directories) }
            : Camera(facts, directories);
    }

    private static MediaFacts Camera(MediaFacts facts, IReadOnlyList<MetadataDirectory> directories)
    {
        ExifIfd0Directory? camera = directories.OfType<ExifIfd0Directory>().FirstOrDefault();
        ExifSubIfdDirectory? shot = directories.OfType<ExifSubIfdDirectory>().FirstOrDefault();
        return facts with
        {
            CameraMake = Text(camera, ExifDirectoryBase.TagMake),
            CameraModel = Text(camera, ExifDirectoryBase.TagModel),
            FocalLength = Number(shot, ExifDirectoryBase.TagFocalLength),
            ApertureFNumber = Number(shot, ExifDirectoryBase.TagFNumber),
            IsoEquivalent = (int)Number(shot, ExifDirectoryBase.TagIsoEquivalent),
            ExposureTime = Duration(Number(shot, ExifDirectoryBase.TagExposureTime)),
        };
    }

    private static string? Text(MetadataDirectory? directory, int tag) =>
        directory?.GetString(tag)?.Trim('\0', ' ') is { Length: > 0 } text ? text : null;

    private static double Number(MetadataDirectory? directory, int tag) =>
        directory?.TryGetDouble(tag, out double number) == true && double.IsFinite(number) ? Math.Round(number, 4) : 0;

    private static string? Duration(double seconds) =>
        seconds > 0 ? FormattableString.Invariant($"{seconds:0.#########}s") : null;
}
