namespace GPhotos;

/// <summary>Through which door a media item was reached. Since 31 March 2025 none of them alone shows everything.</summary>
/// <remarks>See https://developers.google.com/photos/support/updates.</remarks>
public enum MediaItemSource
{
    /// <summary>The Library API: what this app uploaded.</summary>
    Library,

    /// <summary>The Picker API: what the user picked in the browser.</summary>
    Picker,

    /// <summary>A Google Takeout archive: the original bytes, on this machine.</summary>
    Takeout,
}
