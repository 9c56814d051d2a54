namespace GPhotos.Emulator.Takeout;

/// <summary>What an export holds and how it is packed. The same options make the same bytes.</summary>
public sealed record TakeoutOptions
{
    /// <summary>How many media items there are, the awkward ones among them; never fewer than those.</summary>
    public int Items { get; init; } = 600;

    /// <summary>How many parts the export comes in.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>What the parts are.</summary>
    public TakeoutFormat Format { get; init; }

    /// <summary>What makes one export different from another.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The language of folders and suffixes: one of <see cref="Locales"/>.</summary>
    public string Locale { get; init; } = "en";

    /// <summary>How the JSONs of pictures are called.</summary>
    public TakeoutNaming Naming { get; init; }

    /// <summary>Calls the folders of years in English whatever the language, as Google did until 2025.</summary>
    public bool EnglishYears { get; init; }

    /// <summary>Leaves the awkward names and facts out.</summary>
    public bool Plain { get; init; }

    /// <summary>The languages there are.</summary>
    public static IReadOnlyCollection<string> Locales => TakeoutLocale.Names;
}
