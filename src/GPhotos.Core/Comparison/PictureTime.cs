using GPhotos.Core.Media;

namespace GPhotos.Core.Comparison;

/// <summary>How the time that a file tells and the time that Google tells agree.</summary>
internal static class PictureTime
{
    /// <summary>Times that differ by time zones only are the same modulo this.</summary>
    public const int ZoneStepSeconds = 15 * 60;

    private static readonly TimeSpan WidestZone = TimeSpan.FromHours(14);

    // Cameras write tenths to thousandths of a second; the fastest bursts leave more between two frames.
    private static readonly TimeSpan SameInstant = TimeSpan.FromMilliseconds(10);

    /// <summary>How well they agree, and by how much the file's clock is ahead; null where they do not.</summary>
    public static (Nearness Nearness, TimeSpan Shift)? Compare(DateTime local, DateTime online)
    {
        TimeSpan apart = new(local.Ticks - online.Ticks);
        TimeSpan seconds = TimeSpan.FromSeconds(Second(local) - Second(online));
        return HasFraction(local) && HasFraction(online) && apart.Duration() <= SameInstant ? (Nearness.SameInstant, TimeSpan.Zero)
            : seconds == TimeSpan.Zero ? (Nearness.SameSecond, TimeSpan.Zero)
            : apart.Duration() < TimeSpan.FromSeconds(1) ? (Nearness.WithinASecond, TimeSpan.Zero)
            : IsShift(seconds) ? (Nearness.OtherZone, seconds)
            : null;
    }

    /// <summary>The seconds since the beginning of time, the fraction cut off.</summary>
    public static long Second(DateTime time) => time.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>Whether both tell fractions of the second that are not the same: two frames of a burst.</summary>
    public static bool AreTwoFrames(DateTime local, DateTime online) =>
        HasFraction(local) && HasFraction(online) && (local - online).Duration() > SameInstant;

    /// <summary>Whether a file's clock may stand in another zone than Google took it for. A video's header is in UTC, but many cameras write their own time.</summary>
    public static bool IsOfClock(CaptureTime time) => time.Basis is CaptureTimeBasis.LocalClock or CaptureTimeBasis.Movie;

    private static bool IsShift(TimeSpan apart) => apart.Duration() <= WidestZone && apart.Seconds == 0 && Math.Abs(apart.Minutes) is (0 or 30 or 45);

    private static bool HasFraction(DateTime time) => time.Ticks % TimeSpan.TicksPerSecond != 0;
}

/// <summary>How well two times agree, the best first.</summary>
internal enum Nearness
{
    /// <summary>To the fraction of a second.</summary>
    SameInstant,

    /// <summary>To the second.</summary>
    SameSecond,

    /// <summary>One of them was rounded.</summary>
    WithinASecond,

    /// <summary>They differ as two time zones do.</summary>
    OtherZone,
}
