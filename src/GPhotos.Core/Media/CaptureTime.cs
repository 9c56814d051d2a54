namespace GPhotos.Core.Media;

/// <summary>When a picture was taken, as far as its file tells.</summary>
/// <param name="Time">The time, with the fraction of the second where the file tells it: in UTC where <see cref="IsExact"/>, else by the camera's clock.</param>
/// <param name="Basis">What it rests on.</param>
public readonly record struct CaptureTime(DateTime Time, CaptureTimeBasis Basis)
{
    /// <summary>Every zone there is differs from UTC by a whole multiple of this.</summary>
    public static readonly TimeSpan ZoneStep = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan WestmostZone = TimeSpan.FromHours(-12);
    private static readonly TimeSpan EastmostZone = TimeSpan.FromHours(14);

    /// <summary>Whether the moment is known, and not only what a clock somewhere showed.</summary>
    public bool IsExact => Basis != CaptureTimeBasis.LocalClock;

    /// <summary>Whether this can be the moment, to the second; with a clock alone, in some time zone.</summary>
    public bool CanBe(DateTimeOffset moment)
    {
        TimeSpan apart = ToSecond(Time) - ToSecond(moment.UtcDateTime);
        return IsExact ? apart == TimeSpan.Zero : IsZone(apart);
    }

    /// <summary>Whether clocks somewhere can differ from UTC by this much.</summary>
    public static bool IsZone(TimeSpan offset) => offset >= WestmostZone && offset <= EastmostZone && offset.Ticks % ZoneStep.Ticks == 0;

    private static DateTime ToSecond(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond));
}
