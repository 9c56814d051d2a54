using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>What every batch of ids has to keep to.</summary>
internal static class BatchRules
{
    public const int Most = 50;

    public static IReadOnlyList<string> Checked(IReadOnlyList<string> ids)
    {
        if (ids.Count == 0)
        {
            throw GoogleError.InvalidArgument("Request must have at least one item");
        }

        if (ids.Count > Most)
        {
            throw TooMany();
        }

        return ids.Distinct(StringComparer.Ordinal).Count() == ids.Count
            ? ids
            : throw GoogleError.InvalidArgument("Request must not contain duplicated ids");
    }

    // The limit is 50 though the text reads as if it were 49; both are Google's.
    public static GoogleError TooMany() => GoogleError.InvalidArgument("Request must have less than 50 items");
}
