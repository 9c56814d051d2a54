using System.Buffers;
using System.Globalization;

namespace GPhotos.Emulator.Takeout;

/// <summary>The rules by which Takeout makes names of titles: docs/takeout.md.</summary>
internal static class TakeoutNames
{
    private const int FileLength = 51;
    private const int JsonLength = 46;
    private const int FolderLength = 46;
    private const string Supplement = ".supplemental-metadata";

    private static readonly SearchValues<char> Replaced = SearchValues.Create("/'&%\\:*?\"<>|\r\n");

    /// <summary>The title with what a name cannot hold replaced, each character by one.</summary>
    public static string Replace(string title) => string.Create(title.Length, title, static (name, title) =>
    {
        title.CopyTo(name);
        name.ReplaceAny(Replaced, '_');
    });

    /// <summary>A folder's name for an album's title.</summary>
    public static string Folder(string title, int number) => Cut(Replace(title), FolderLength).TrimEnd() + Number(number);

    /// <summary>A file's name: cut, and numbered in front of its extension.</summary>
    public static string File(string name, int number)
    {
        (string stem, string extension) = Split(name);
        return Cut(stem, Math.Max(1, FileLength - extension.Length)) + Number(number) + extension;
    }

    /// <summary>The name of a picture's JSON.</summary>
    public static string Json(string name, TakeoutNaming naming, int number) => naming switch
    {
        TakeoutNaming.Old => Cut(name, JsonLength),
        TakeoutNaming.Uncut => name + Supplement,
        _ => Cut(name + Supplement, JsonLength),
    } + Number(number) + ".json";

    /// <summary>What stands behind the last dot counts as an extension, whatever it is.</summary>
    public static (string Stem, string Extension) Split(string name)
    {
        int dot = name.LastIndexOf('.');
        return dot > 0 ? (name[..dot], name[dot..]) : (name, "");
    }

    private static string Number(int number) => number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"({number})");

    /// <summary>The beginning of a name; an emoji on the seam stays whole.</summary>
    private static string Cut(string name, int length) =>
        name.Length <= length ? name : name[..(char.IsHighSurrogate(name[length - 1]) ? length + 1 : length)];
}
