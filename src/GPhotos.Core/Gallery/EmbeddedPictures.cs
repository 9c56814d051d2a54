using MetadataExtractor;
using MetadataExtractor.Formats.Exif;

namespace GPhotos.Core.Gallery;

/// <summary>
/// Finds the JPEGs that cameras put into files of other kinds, and beside the picture in a JPEG, by how they begin: the makers' ways to write down
/// where they are differ, their first three bytes do not.
/// </summary>
internal static class EmbeddedPictures
{
    /// <summary>Where the previews of a JPEG are: an EXIF segment is at most this long, and comes first.</summary>
    public const int Header = 80 * 1024;

    /// <summary>Previews of RAW files are megabytes long, and stand somewhere.</summary>
    public const int WholeFile = 48 * 1024 * 1024;

    // A file in which everything looks like a beginning is not one of a camera.
    private const int MostCandidates = 24;

    private static readonly byte[] Beginning = [0xFF, 0xD8, 0xFF];

    /// <summary>What begins like a JPEG behind the first byte, each to its end or beyond: a decoder stops by itself.</summary>
    public static IEnumerable<ArraySegment<byte>> In(Stream stream, int within)
    {
        stream.Position = 0;
        byte[] bytes = new byte[Math.Min(within, stream.Length)];
        int length = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        int found = 0;
        for (int at = 1; at < length && found < MostCandidates; found++)
        {
            int next = bytes.AsSpan(at, length - at).IndexOf(Beginning);
            if (next < 0)
            {
                yield break;
            }

            yield return new ArraySegment<byte>(bytes, at + next, length - at - next);
            at += next + Beginning.Length;
        }
    }

    /// <summary>How the pictures in a file are to be turned, in EXIF's numbers: 1, upright, where it does not say.</summary>
    public static int OrientationOf(Stream file)
    {
        file.Position = 0;
        try
        {
            return ImageMetadataReader.ReadMetadata(file).OfType<ExifIfd0Directory>().FirstOrDefault() is { } exif
                && exif.TryGetInt32(ExifDirectoryBase.TagOrientation, out int orientation) && orientation is >= 1 and <= 8 ? orientation : 1;
        }
#pragma warning disable CA1031 // Whatever a damaged or hostile file makes its reader stumble over, it says nothing then.
        catch (Exception)
#pragma warning restore CA1031
        {
            return 1;
        }
    }
}
