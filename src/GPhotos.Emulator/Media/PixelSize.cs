using MetadataExtractor;
using MetadataDirectory = MetadataExtractor.Directory;

namespace GPhotos.Emulator.Media;

/// <summary>Finds the size of the picture itself: EXIF may tell of another, before someone cropped it.</summary>
internal static class PixelSize
{
    private static readonly string[] Frames =
    [
        "JPEG", "PNG-IHDR", "GIF Header", "WebP", "BMP Header", "HEIC Image Properties", "AVIF", "Exif IFD0",
        "MP4 Video", "QuickTime Video", "QuickTime Track Header", "AVI", "ICO",
    ];

    public static (int Width, int Height) Of(IReadOnlyList<MetadataDirectory> directories)
    {
        foreach (string frame in Frames)
        {
            foreach (MetadataDirectory directory in directories.Where(directory => directory.Name == frame))
            {
                int width = Value(directory, "Image Width", "Width");
                int height = Value(directory, "Image Height", "Height");
                if (width > 0 && height > 0)
                {
                    return (width, height);
                }
            }
        }

        return (0, 0);
    }

    public static double FramesPerSecond(IReadOnlyList<MetadataDirectory> directories)
    {
        foreach (MetadataDirectory directory in directories)
        {
            foreach (Tag tag in directory.Tags.Where(tag => tag.Name is "Frame Rate" or "Frames Per Second"))
            {
                if (directory.TryGetDouble(tag.Type, out double rate) && rate > 0)
                {
                    return Math.Round(rate, 3);
                }
            }
        }

        return 0;
    }

    private static int Value(MetadataDirectory directory, params ReadOnlySpan<string> names)
    {
        foreach (Tag tag in directory.Tags)
        {
            if (names.Contains(tag.Name) && directory.TryGetInt32(tag.Type, out int value))
            {
                return value;
            }
        }

        return 0;
    }
}
