namespace GPhotos.Emulator.Picker;

/// <summary>Where a picking session stands.</summary>
internal enum SessionState
{
    /// <summary>The user has not said Done yet.</summary>
    Picking,

    /// <summary>The user said Done, and the items can be listed.</summary>
    Picked,

    /// <summary>The app deleted it.</summary>
    Deleted,

    /// <summary>Its time is over.</summary>
    Expired,
}
