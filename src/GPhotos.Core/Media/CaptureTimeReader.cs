using System.Globalization;
using MetadataExtractor;
using MetadataExtractor.Formats.Exif;
using MetadataExtractor.Formats.QuickTime;
using MediaDirectory = MetadataExtractor.Directory;

namespace GPhotos.Core.Media;

/// <summary>Finds when a photo or video was taken.</summary>
internal static class CaptureTimeReader
{
    // An encoder without a clock writes zero, which is the year 1904 in a video; a camera without one writes its first day or spaces.
    private const int FirstBelievableYear = 1970;

    // The satellites' time is that of the last fix. An older one does not tell the zone for certain.
    private static readonly TimeSpan OldestFix = TimeSpan.FromMinutes(2);

    public static CaptureTime? Of(IReadOnlyList<MediaDirectory> directories) => OfPhoto(directories) ?? OfVideo(directories);

    private static CaptureTime? OfPhoto(IReadOnlyList<MediaDirectory> directories)
    {
        DateTime? satellites = directories.OfType<GpsDirectory>().FirstOrDefault() is { } gps && gps.TryGetGpsDate(out DateTime fix) && IsBelievable(fix)
            ? fix
            : null;
        foreach (ExifSubIfdDirectory exif in directories.OfType<ExifSubIfdDirectory>())
        {
            if (exif.TryGetDateTime(ExifDirectoryBase.TagDateTimeOriginal, out DateTime clock) && IsBelievable(clock))
            {
                clock += Fraction(exif.GetString(ExifDirectoryBase.TagSubsecondTimeOriginal));
                return Offset(exif.GetString(ExifDirectoryBase.TagTimeZoneOriginal)) is { } offset
                    ? Exact(clock - offset, CaptureTimeBasis.ClockWithOffset)
                    : satellites is not null && Zone(clock - satellites.Value) is { } zone
                        ? Exact(clock - zone, CaptureTimeBasis.Gps)
                        : new CaptureTime(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), CaptureTimeBasis.LocalClock);
            }
        }

        return satellites is null ? null : Exact(satellites.Value, CaptureTimeBasis.Gps);
    }

    private static CaptureTime? OfVideo(IReadOnlyList<MediaDirectory> directories)
    {
        foreach (QuickTimeMovieHeaderDirectory movie in directories.OfType<QuickTimeMovieHeaderDirectory>())
        {
            if (movie.TryGetDateTime(QuickTimeMovieHeaderDirectory.TagCreated, out DateTime time) && IsBelievable(time))
            {
                return Exact(time, CaptureTimeBasis.Movie);
            }
        }

        return null;
    }

    private static CaptureTime Exact(DateTime utc, CaptureTimeBasis basis) => new(DateTime.SpecifyKind(utc, DateTimeKind.Utc), basis);

    // The zone of a camera whose clock showed this much more than the satellites, or null when that fits none.
    private static TimeSpan? Zone(TimeSpan ahead)
    {
        TimeSpan zone = TimeSpan.FromTicks((long)Math.Round((double)ahead.Ticks / CaptureTime.ZoneStep.Ticks) * CaptureTime.ZoneStep.Ticks);
        return (ahead - zone).Duration() <= OldestFix && CaptureTime.IsZone(zone) ? zone : null;
    }

    // Its digits stand behind the point: "5" is half a second.
    private static TimeSpan Fraction(string? digits) =>
        digits?.Trim('\0', ' ') is { Length: > 0 and <= 9 } text && text.All(char.IsAsciiDigit)
            ? TimeSpan.FromTicks((long)(decimal.Parse("0." + text, CultureInfo.InvariantCulture) * TimeSpan.TicksPerSecond))
            : TimeSpan.Zero;

    private static TimeSpan? Offset(string? text)
    {
        text = text?.Trim('\0', ' ') ?? "";
        if (text == "Z")
        {
            return TimeSpan.Zero;
        }

        return text.StartsWith('+') || text.StartsWith('-')
            ? TimeSpan.TryParseExact(text[1..], "hh\\:mm", CultureInfo.InvariantCulture, out TimeSpan amount)
                && (text[0] == '-' ? -amount : amount) is var offset && CaptureTime.IsZone(offset) ? offset : null
            : null;
    }

    private static bool IsBelievable(DateTime time) => time.Year >= FirstBelievableYear;
}
