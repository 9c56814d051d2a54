using System.Globalization;

namespace GPhotos.Core.Takeout;

/// <summary>Paths within archives: data of whoever made the archive.</summary>
internal static class EntryName
{
    private const string Root = "Takeout";

    /// <summary>Why an entry of this name is not touched; null for one that is sound.</summary>
    public static string? Flaw(string name)
    {
        if (name.Length == 0)
        {
            return "It has no name.";
        }

        if (name.Contains('\0', StringComparison.Ordinal))
        {
            return "Its name holds a NUL character.";
        }

        // Takeout writes none: such a name is meant for systems where it separates folders.
        if (name.Contains('\\', StringComparison.Ordinal))
        {
            return "Its name holds backslashes.";
        }

        if (name[0] == '/' || (name.Length > 1 && name[1] == ':' && char.IsAsciiLetter(name[0])))
        {
            return "Its name is an absolute path.";
        }

        return name.Split('/').Contains("..") ? "Its name leads out of its folder." : null;
    }

    /// <summary>Where an entry stands in an export, whatever part it came in and wherever it was unpacked.</summary>
    /// <param name="name">Its path in the part.</param>
    /// <param name="above">Of a folder the names of the folders above it and its own; else empty.</param>
    public static (string? Product, string Folder, string FileName) Place(string name, ReadOnlySpan<string> above)
    {
        string[] segments = [.. name.Split('/').Where(s => s.Length > 0 && s != ".").Select(s => s.Normalize())];
        if (segments.Length == 0)
        {
            return (null, "", "");
        }

        string fileName = name[(name.LastIndexOf('/') + 1)..];
        int root = Array.IndexOf(segments, Root, 0, segments.Length - 1);
        if (root >= 0)
        {
            return Below(segments[(root + 1)..^1], fileName);
        }

        int product = Array.FindIndex(segments, 0, segments.Length - 1, FolderNames.IsPhotos);
        if (product >= 0)
        {
            return Below(segments[product..^1], fileName);
        }

        root = above.LastIndexOf(Root);
        product = root >= 0 ? root + 1 : LastPhotos(above);
        return product >= 0
            ? Below([.. above[product..], .. segments[..^1]], fileName)
            : ("", string.Join('/', segments[..^1]), fileName);
    }

    /// <summary>Whether an entry is a JSON, by its name.</summary>
    public static bool IsJson(string name) => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    /// <summary>A name as it may be shown: what may make a terminal do things, or read backwards, is U+FFFD.</summary>
    public static string Printable(string name) => name.Any(IsUnprintable) ? string.Concat(name.Select(c => IsUnprintable(c) ? '\uFFFD' : c)) : name;

    private static bool IsUnprintable(char c) => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format;

    private static (string? Product, string Folder, string FileName) Below(string[] folders, string fileName) =>
        folders.Length == 0 ? (null, "", fileName) : (folders[0], string.Join('/', folders), fileName);

    private static int LastPhotos(ReadOnlySpan<string> folders)
    {
        for (int i = folders.Length - 1; i >= 0; i--)
        {
            if (FolderNames.IsPhotos(folders[i]))
            {
                return i;
            }
        }

        return -1;
    }
}
