using System.Globalization;
using System.Text.RegularExpressions;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Takeout;

/// <summary>How Takeout makes names of titles: docs/takeout.md tells each rule and where it was seen.</summary>
internal static partial class NameRules
{
    /// <summary>The MIME type of what moves in a motion photo.</summary>
    public const string MovingHalfType = "video/mp4";

    private const string Supplement = ".supplemental-metadata";
    private const int MaxFileName = 51;
    private const int MaxJsonName = 46;

    // Where a cut in the middle of a character beyond U+FFFF may have left its half out.
    private const int ShortestCut = MaxJsonName - 1;

    /// <summary>A title with the characters replaced that Takeout replaces.</summary>
    public static string Clean(string title) => Replaced().Replace(title, "_");

    /// <summary>What two names must share to be the same: accents composed, no case, and no difference between what is replaced and what was.</summary>
    public static string Key(string name) => Clean(name).Normalize().ToUpperInvariant();

    /// <summary>Stem and extension with its dot. What stands behind the last dot is an extension, whatever it is.</summary>
    public static (string Stem, string Extension) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot < 0 ? (name, "") : (name[..dot], name[dot..]);
    }

    /// <summary>A stem as it stands in front of an extension. A character that the cut would halve stays whole.</summary>
    public static string Cut(string stem, int extensionLength) => CutTo(stem, Math.Max(0, MaxFileName - extensionLength));

    /// <summary>Whether a stem is as long as a cut leaves it.</summary>
    public static bool IsCut(string stem, int extensionLength) => stem.Length >= MaxFileName - extensionLength - 1;

    /// <summary>A name that may bear a number in front of its last dot: as it stands, and without.</summary>
    public static IEnumerable<(string Stem, string Extension, int Number)> Readings(string fileName)
    {
        (string stem, string extension) = Split(fileName);
        yield return (stem, extension, 0);
        if (Numbered(stem) is { } read)
        {
            yield return (read.Stem, extension, read.Number);
        }
    }

    /// <summary>The number of a JSON's name, and whether its title makes that name.</summary>
    public static (int Number, bool IsByTitle) NumberOf(string jsonName, string title)
    {
        string name = jsonName[..^".json".Length];
        string clean = Clean(title);
        if (IsMadeOf(name, clean))
        {
            return (0, true);
        }

        if (Numbered(name) is { } read)
        {
            return (read.Number, IsMadeOf(read.Stem, clean));
        }

        // image(1).jpg.json for image(1).jpg, whose title is image.jpg.
        foreach (string file in Bases(name))
        {
            (string stem, string extension) = Split(file);
            if (Numbered(stem) is { } inside && IsMadeOf(inside.Stem + extension, clean))
            {
                return (inside.Number, true);
            }
        }

        return (0, false);
    }

    /// <summary>The names of files that a JSON's own name speaks of, its number left out.</summary>
    public static IEnumerable<string> FilesOf(string jsonName)
    {
        string name = jsonName[..^".json".Length];
        return Bases(Numbered(name) is { } read ? read.Stem : name);
    }

    /// <summary>What a JSON's name begins with: the name of its file, where nothing is cut.</summary>
    public static string WithoutJsonEnding(string jsonName) => FilesOf(jsonName).Last();

    /// <summary>Whether the name of a JSON is as long as a cut leaves it, so that titles which differ may have led to it.</summary>
    public static bool IsJsonCut(string jsonName)
    {
        string name = jsonName[..^".json".Length];
        return (Numbered(name)?.Stem ?? name).Length >= ShortestCut;
    }

    /// <summary>Whether a file is what moves in a motion photo, by its name: .MP, .MV, .MP~2.</summary>
    public static bool IsMovingHalf(string fileName) => MovingHalf().IsMatch(fileName);

    /// <summary>Whether something is an extension of pictures or videos.</summary>
    public static bool IsMediaExtension(string extension) => MediaFileType.Of(extension) is not null || IsMovingHalf("x" + extension);

    // A name without number.
    private static bool IsMadeOf(string name, string clean)
    {
        string key = Key(name);
        string whole = Key(clean);
        string supplemented = Key(clean + Supplement);
        if ((supplemented.StartsWith(key, StringComparison.Ordinal) && (key.Length >= whole.Length || name.Length >= ShortestCut))
            || key == Key(CutTo(clean, MaxJsonName)) || key == Key(CutTo(clean + Supplement, MaxJsonName)))
        {
            return true;
        }

        // Named after the file, which has an extension where the title has none.
        return Bases(name).Any(file => Split(file) is var (stem, extension) && IsMediaExtension(extension) && Key(stem) == whole);
    }

    private static IEnumerable<string> Bases(string name)
    {
        yield return name;
        int dot = name.LastIndexOf('.');
        if (dot >= 0 && Supplement.StartsWith(name[dot..], StringComparison.OrdinalIgnoreCase))
        {
            yield return name[..dot];
        }
    }

    private static (string Stem, int Number)? Numbered(string stem) =>
        Number().Match(stem) is { Success: true } match && int.TryParse(match.Groups[2].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? (match.Groups[1].Value, number)
            : null;

    private static string CutTo(string text, int length) =>
        text.Length <= length ? text : text[..(length > 0 && char.IsHighSurrogate(text[length - 1]) ? length + 1 : length)];

    [GeneratedRegex(@"[/\\:*?""<>|'&%\u0000-\u001F\u007F]", RegexOptions.CultureInvariant)]
    private static partial Regex Replaced();

    [GeneratedRegex(@"^(.*)\(([1-9][0-9]{0,5})\)$", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex Number();

    [GeneratedRegex(@"\.M[PV](~[0-9]+)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase)]
    private static partial Regex MovingHalf();
}
