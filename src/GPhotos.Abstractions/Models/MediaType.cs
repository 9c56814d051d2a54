namespace GPhotos;

/// <summary>Photos, videos, or both, as Google's media type filter knows them.</summary>
public enum MediaType
{
    /// <summary>Photos and videos.</summary>
    All,

    /// <summary>Photos: stills, live photos, motion photos, panoramas.</summary>
    Photo,

    /// <summary>Videos, and movies made in Google Photos.</summary>
    Video,
}
