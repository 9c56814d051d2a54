namespace GPhotos;

/// <summary>How far Google is with a video that was uploaded.</summary>
public enum VideoStatus
{
    /// <summary>Google does not say.</summary>
    Unspecified,

    /// <summary>Google still works on it; it cannot be downloaded yet.</summary>
    Processing,

    /// <summary>It can be watched and downloaded.</summary>
    Ready,

    /// <summary>Google could not process it.</summary>
    Failed,
}
