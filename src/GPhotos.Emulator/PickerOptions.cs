namespace GPhotos.Emulator;

/// <summary>How the Picker of an emulator behaves. Where Google publishes no number, the remark says so.</summary>
public sealed record PickerOptions
{
    /// <summary>How long clients are told to wait between two looks at a session. Google's number is not published.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long clients are told to go on looking, from the creation of a session. Google's number is not published.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(1800);

    /// <summary>How long a session and its list of items are there. Google's number is not published.</summary>
    public TimeSpan SessionLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many sessions of a user may be there at a time; 0 for any number. Google's number is not published.</summary>
    public int SessionLimit { get; init; } = 20;

    /// <summary>Lets nobody pick: the newest so many items are picked without, a moment after a session was created.</summary>
    public int? AutoPick { get; init; }

    /// <summary>That moment, in real time whatever the clock.</summary>
    public TimeSpan AutoPickAfter { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>Users without an active Google Photos account.</summary>
    public IReadOnlyList<string> InactiveUsers { get; init; } = [];

    /// <summary>What the Picker's base URLs answer without a token, 401 or 403. Which of them Google answers is not published.</summary>
    public int UnsignedMediaStatus { get; init; } = 401;

    /// <summary>Tells the camera inside photoMetadata and videoMetadata, where one client met it, and not beside them, where Google's page has it.</summary>
    public bool CameraInPhotoMetadata { get; init; }
}
