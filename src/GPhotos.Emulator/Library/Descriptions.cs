using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The rule for descriptions of media items.</summary>
internal static class Descriptions
{
    private const int Limit = 1000;

    public static string? Checked(string? description) => description?.Length >= Limit
        ? throw GoogleError.InvalidArgument("Media item description must be shorter than 1000 characters.")
        : description;
}
