using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Picker;

/// <summary>The Picker's refusals. Google publishes their statuses; the words are ours.</summary>
internal static class PickerErrors
{
    public static GoogleError NoActiveAccount() =>
        FailedPrecondition("The user does not have an active Google Photos account.");

    public static GoogleError NotDoneYet() =>
        FailedPrecondition("The user has not finished picking media items in this session.");

    public static GoogleError TooManySessions() => new(
        429, "RESOURCE_EXHAUSTED", "The user has too many picking sessions. Delete the sessions that are no longer needed.")
    {
        Quota = "pickerSessions",
    };

    private static GoogleError FailedPrecondition(string message) => new(400, "FAILED_PRECONDITION", message);
}
