using MetadataExtractor;
using MetadataExtractor.Formats.Bmp;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.Gif;
using MetadataExtractor.Formats.Heif;
using MetadataExtractor.Formats.Jpeg;
using MetadataExtractor.Formats.Png;
using MetadataExtractor.Formats.QuickTime;
using MetadataExtractor.Formats.WebP;
using MediaDirectory = MetadataExtractor.Directory;

namespace GPhotos.Core.Media;

/// <summary>Finds the size of the picture itself.</summary>
internal static class PictureSize
{
    // EXIF comes last: it may tell of the picture before someone cropped it. In a TIFF or RAW file it is all there is, and the largest image
    // in the file is the picture; the others are previews.
    private static readonly Func<MediaDirectory, (int Width, int Height)>[] Kinds =
    [
        static d => d is JpegDirectory ? Size(d, JpegDirectory.TagImageWidth, JpegDirectory.TagImageHeight) : default,
        static d => d is PngDirectory ? Size(d, PngDirectory.TagImageWidth, PngDirectory.TagImageHeight) : default,
        static d => d is HeicImagePropertiesDirectory ? Size(d, HeicImagePropertiesDirectory.TagImageWidth, HeicImagePropertiesDirectory.TagImageHeight) : default,
        static d => d is WebPDirectory ? Size(d, WebPDirectory.TagImageWidth, WebPDirectory.TagImageHeight) : default,
        static d => d is GifHeaderDirectory ? Size(d, GifHeaderDirectory.TagImageWidth, GifHeaderDirectory.TagImageHeight) : default,
        static d => d is BmpHeaderDirectory ? Size(d, BmpHeaderDirectory.TagImageWidth, BmpHeaderDirectory.TagImageHeight) : default,
        static d => d is QuickTimeTrackHeaderDirectory
            ? Size(d, QuickTimeTrackHeaderDirectory.TagWidth, QuickTimeTrackHeaderDirectory.TagHeight)
            : default,
        static d => d is ExifDirectoryBase ? Size(d, ExifDirectoryBase.TagImageWidth, ExifDirectoryBase.TagImageHeight) : default,
    ];

    public static (int Width, int Height, bool IsTurned) Of(IReadOnlyList<MediaDirectory> directories)
    {
        foreach (Func<MediaDirectory, (int Width, int Height)> kind in Kinds)
        {
            (int width, int height) = directories.Select(kind).MaxBy(static size => (long)size.Width * size.Height);
            if (width > 0 && height > 0)
            {
                return (width, height, directories.Any(IsTurned));
            }
        }

        return default;
    }

    private static (int Width, int Height) Size(MediaDirectory directory, int widthTag, int heightTag) =>
        directory.TryGetInt32(widthTag, out int width) && directory.TryGetInt32(heightTag, out int height) && width > 0 && height > 0
            ? (width, height)
            : default;

    // EXIF's orientations 5 to 8 lie on their side; so does a video whose track is turned by a quarter.
    private static bool IsTurned(MediaDirectory directory) => directory switch
    {
        ExifIfd0Directory exif => exif.TryGetInt32(ExifDirectoryBase.TagOrientation, out int orientation) && orientation is >= 5 and <= 8,
        // Quarters in the file; the reader may tell degrees.
        HeicImagePropertiesDirectory heic => heic.TryGetInt32(HeicImagePropertiesDirectory.TagRotation, out int turn) && turn is 1 or 3 or 90 or 270,
        QuickTimeTrackHeaderDirectory track =>
            track.TryGetDouble(QuickTimeTrackHeaderDirectory.TagRotation, out double turn) && Math.Abs(Math.Abs(turn % 180) - 90) < 1,
        _ => false,
    };
}
