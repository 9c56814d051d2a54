using System.Globalization;

namespace GPhotos.Emulator.Wire;

/// <summary>Durations and times as JSON for protocol buffers has them: with 0, 3, 6 or 9 digits behind the point, as many as it takes.</summary>
internal static class WireTime
{
    /// <summary>A duration such as <c>5s</c> or <c>0.050s</c>.</summary>
    public static string Duration(TimeSpan duration) => string.Create(
        CultureInfo.InvariantCulture, $"{(long)duration.TotalSeconds}{Fraction(duration.Ticks % TimeSpan.TicksPerSecond)}s");

    /// <summary>A time in UTC such as <c>2026-11-01T10:00:00.250Z</c>.</summary>
    public static string Timestamp(DateTimeOffset time) => string.Create(
        CultureInfo.InvariantCulture, $"{time.UtcDateTime:yyyy-MM-ddTHH:mm:ss}{Fraction(time.Ticks % TimeSpan.TicksPerSecond)}Z");

    private static string Fraction(long ticks) => ticks == 0 ? ""
        : ticks % TimeSpan.TicksPerMillisecond == 0 ? string.Create(CultureInfo.InvariantCulture, $".{ticks / TimeSpan.TicksPerMillisecond:D3}")
        : ticks % TimeSpan.TicksPerMicrosecond == 0 ? string.Create(CultureInfo.InvariantCulture, $".{ticks / TimeSpan.TicksPerMicrosecond:D6}")
        : string.Create(CultureInfo.InvariantCulture, $".{ticks:D7}00");
}
