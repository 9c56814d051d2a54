using MetadataExtractor;

namespace GPhotos.Core.Media;

/// <summary>What a photo or video file says of itself.</summary>
/// <param name="Captured">When it was taken; null where it does not say.</param>
/// <param name="Width">Its width in pixels as it is stored; 0 where it does not say.</param>
/// <param name="Height">Its height in pixels as it is stored; 0 where it does not say.</param>
/// <param name="IsTurned">Whether it is to be shown turned by a quarter, so that width and height change places.</param>
public sealed record MediaFacts(CaptureTime? Captured, int Width, int Height, bool IsTurned)
{
    /// <summary>Of a file that says nothing.</summary>
    public static MediaFacts None { get; } = new(null, 0, 0, false);

    /// <summary>
    /// Whether a size is that of the picture. Google shows a turned picture upright, and nobody could confirm which of the two sizes it tells:
    /// both are the picture's.
    /// </summary>
    public bool HasSize(long width, long height) =>
        Width > 0 && Height > 0 && ((width, height) == (Width, Height) || (IsTurned && (width, height) == (Height, Width)));

    /// <summary>Reads a file. One that is no media, or is damaged, says nothing.</summary>
    /// <exception cref="FileReadFailedException">It cannot be opened.</exception>
    public static MediaFacts Read(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return Read(stream);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{path}' cannot be read: {e.Message}", path, e);
        }
    }

    /// <summary>Reads bytes that can be searched. Those that are no media, or are damaged, say nothing.</summary>
    public static MediaFacts Read(Stream stream)
    {
        IReadOnlyList<MetadataExtractor.Directory> directories;
        try
        {
            directories = ImageMetadataReader.ReadMetadata(stream);
        }
#pragma warning disable CA1031 // Whatever a damaged or hostile file makes its reader stumble over, it says nothing then.
        catch (Exception)
#pragma warning restore CA1031
        {
            return None;
        }

        (int width, int height, bool isTurned) = PictureSize.Of(directories);
        return new MediaFacts(CaptureTimeReader.Of(directories), width, height, isTurned);
    }
}
