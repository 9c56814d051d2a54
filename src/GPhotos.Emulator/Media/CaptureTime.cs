using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataDirectory = MetadataExtractor.Directory;

namespace GPhotos.Emulator.Media;

/// <summary>Finds when a picture or video was taken.</summary>
internal static class CaptureTime
{
    private const int FirstBelievableYear = 1970;

    /// <summary>The moment in UTC. EXIF times without an offset are taken as UTC.</summary>
    public static DateTime? Of(IReadOnlyList<MetadataDirectory> directories)
    {
        foreach (ExifSubIfdDirectory exif in directories.OfType<ExifSubIfdDirectory>())
        {
            if (exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out DateTime local))
            {
                TimeSpan offset = Offset(exif.GetString(ExifDirectoryBase.TagTimeZoneOriginal));
                return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
            }
        }

        foreach (MetadataDirectory directory in directories)
        {
            // Encoders without a clock write zero, which QuickTime's epoch makes the year 1904.
            Tag? created = directory.Name is "MP4" or "QuickTime Movie Header"
                ? directory.Tags.FirstOrDefault(tag => tag.Name is "Creation Time" or "Created")
                : null;
            if (created is not null && directory.TryGetDateTime(created.Type, out DateTime time) && time.Year >= FirstBelievableYear)
            {
                return DateTime.SpecifyKind(time, DateTimeKind.Utc);
            }
        }

        return null;
    }

    private static TimeSpan Offset(string? text)
    {
        string digits = text?.Trim('\0', ' ').TrimStart('+', '-') ?? "";
        bool known = TimeSpan.TryParseExact(digits, "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan offset);
        return !known ? TimeSpan.Zero : text!.TrimStart().StartsWith('-') ? -offset : offset;
    }
}
