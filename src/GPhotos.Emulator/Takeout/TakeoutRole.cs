namespace GPhotos.Emulator.Takeout;

/// <summary>What an entry of an export is.</summary>
public enum TakeoutRole
{
    /// <summary>A picture, a video, or the moving part of a picture.</summary>
    Picture,

    /// <summary>The JSON of a picture, whether it can be read or not.</summary>
    Json,

    /// <summary>The JSON of an album.</summary>
    AlbumMetadata,

    /// <summary>Anything else.</summary>
    Other,
}
