using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>Categories an item must have one of, and categories it must have none of.</summary>
internal sealed record ContentFilter(ContentCategories Included, ContentCategories Excluded)
{
    private const int MostOfEach = 10;

    public static ContentFilter Read(RequestObject filter)
    {
        filter.Allow("includedContentCategories", "excludedContentCategories");
        ContentFilter result = new(Categories(filter, "includedContentCategories"), Categories(filter, "excludedContentCategories"));
        return (result.Included & result.Excluded) == 0
            ? result
            : throw GoogleError.InvalidArgument("A category must not be both included and excluded.");
    }

    /// <summary>The category of a wire name such as LANDSCAPES.</summary>
    public static ContentCategories Parse(string name) =>
        name.All(letter => char.IsAsciiLetterUpper(letter)) && Enum.TryParse(name, ignoreCase: true, out ContentCategories known)
            ? known
            : throw GoogleError.InvalidArgument($"Invalid value (ContentCategory), \"{name}\"");

    public bool Matches(MediaItem item) =>
        (Included == 0 || (item.Categories & Included) != 0) && (item.Categories & Excluded) == 0;

    private static ContentCategories Categories(RequestObject filter, string name)
    {
        IReadOnlyList<string> names = filter.Strings(name);
        return names.Count <= MostOfEach
            ? names.Aggregate(ContentCategories.None, (all, one) => all | Parse(one))
            : throw GoogleError.InvalidArgument("A content filter must not have more than 10 categories.");
    }
}
