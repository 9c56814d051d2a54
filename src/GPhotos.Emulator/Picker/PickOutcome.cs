namespace GPhotos.Emulator.Picker;

/// <summary>What became of a user's choice.</summary>
internal enum PickOutcome
{
    Taken,

    /// <summary>More items than the session may have; nothing was changed.</summary>
    TooMany,

    /// <summary>The session does not wait for a choice any more.</summary>
    SessionOver,
}
