namespace GPhotos.Core.Media;

/// <summary>What the knowledge of a capture time rests on.</summary>
public enum CaptureTimeBasis
{
    /// <summary>The camera's clock alone: the moment is known up to the time zone.</summary>
    LocalClock,

    /// <summary>The camera's clock and the zone it wrote beside it.</summary>
    ClockWithOffset,

    /// <summary>The satellites: their time, or the zone that it gives to the camera's clock.</summary>
    Gps,

    /// <summary>The header of a video, which is in UTC.</summary>
    Movie,
}
