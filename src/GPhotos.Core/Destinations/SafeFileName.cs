using System.Buffers;
using System.Text;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Destinations;

/// <summary>
/// The one path cleaner: makes a file name of what a server calls one. The same on every system, so that a folder saved on Linux can
/// be carried to Windows.
/// </summary>
internal static class SafeFileName
{
    /// <summary>Added while a file is being written.</summary>
    public const string PartialExtension = ".partial";

    // 255 bytes is the least that common file systems allow; the difference leaves room for a marker and the extension above.
    private const int MaxUtf8Length = 220;

    private const int ZeroWidthJoiner = 0x200D;

    private static readonly SearchValues<char> Forbidden = SearchValues.Create("<>:\"|?*");
    private static readonly SearchValues<char> Separators = SearchValues.Create("/\\");

    /// <summary>A name without folders, device names, control characters or endings that Windows drops.</summary>
    /// <param name="name">The server's name.</param>
    /// <param name="fallback">Used when nothing is left of it.</param>
    public static string Clean(string name, string fallback)
    {
        int cut = name.AsSpan().LastIndexOfAny(Separators);
        StringBuilder cleaned = new(name.Length);
        foreach (Rune rune in name[(cut + 1)..].EnumerateRunes())
        {
            cleaned.Append(IsHarmful(rune) ? "_" : rune.ToString());
        }

        string result = Shorten(cleaned.ToString().Normalize(NormalizationForm.FormC).Trim(' ').TrimEnd('.', ' '));
        if (result.Trim('.').Trim((char)ZeroWidthJoiner).Length == 0)
        {
            result = fallback;
        }

        if (IsDevice(result) || result.EndsWith(PartialExtension, StringComparison.OrdinalIgnoreCase))
        {
            result = "_" + result + (IsDevice(result) ? "" : "_");
        }

        return Shorten(result);
    }

    /// <summary>Whether a file can bear the server's name as it is.</summary>
    public static bool IsClean(string name) =>
        name.Length > 0 && !name.EnumerateRunes().Any(IsHarmful) && Clean(name, "") == name.Normalize(NormalizationForm.FormC);

    /// <summary>The name with a marker before its extension: IMG_0001~3f2a9c.jpg.</summary>
    public static string Mark(string name, string marker) =>
        $"{Path.GetFileNameWithoutExtension(name)}~{marker}{Path.GetExtension(name)}";

    /// <summary>
    /// The name with another extension, in the place of one that is known as such: what only looks like one (12.30.45) is part of the name. Never
    /// shortened, which would cut the marker off; the limit leaves room for it.
    /// </summary>
    public static string WithExtension(string name, string extension) =>
        (MediaFileType.Of(name) is null ? name : Path.GetFileNameWithoutExtension(name)) + extension;

    // Format characters (bidirectional overrides, zero-width) can make gpj.exe read as exe.jpg. The joiner is left: it holds emoji together.
    private static bool IsHarmful(Rune rune) =>
        (rune.IsBmp && Forbidden.Contains((char)rune.Value))
        || rune == Rune.ReplacementChar
        // No characters at all, and not to be normalised.
        || (rune.Value & 0xFFFE) == 0xFFFE || rune.Value is >= 0xFDD0 and <= 0xFDEF
        || (rune.Value != ZeroWidthJoiner
            && Rune.GetUnicodeCategory(rune) is System.Globalization.UnicodeCategory.Control
                or System.Globalization.UnicodeCategory.Format
                or System.Globalization.UnicodeCategory.LineSeparator
                or System.Globalization.UnicodeCategory.ParagraphSeparator);

    private static bool IsDevice(string name)
    {
        string stem = name.Split('.')[0].TrimEnd(' ').ToUpperInvariant();
        return name.Equals(FolderDestination.PrivateFolder, StringComparison.OrdinalIgnoreCase)
            || stem is "CON" or "PRN" or "AUX" or "NUL" or "CONIN$" or "CONOUT$"
            || (stem.Length == 4 && (stem.StartsWith("COM", StringComparison.Ordinal) || stem.StartsWith("LPT", StringComparison.Ordinal))
                && stem[3] is (>= '0' and <= '9') or '¹' or '²' or '³');
    }

    private static string Shorten(string name)
    {
        if (Encoding.UTF8.GetByteCount(name) <= MaxUtf8Length)
        {
            return name;
        }

        string extension = Path.GetExtension(name);
        extension = Encoding.UTF8.GetByteCount(extension) <= 16 ? extension : "";
        StringBuilder kept = new();
        int room = MaxUtf8Length - Encoding.UTF8.GetByteCount(extension);
        foreach (Rune rune in name[..^extension.Length].EnumerateRunes())
        {
            if ((room -= rune.Utf8SequenceLength) < 0)
            {
                break;
            }

            kept.Append(rune.ToString());
        }

        // The cut may lay bare an ending that Windows drops.
        return extension.Length > 0 ? kept.Append(extension).ToString() : kept.ToString().TrimEnd('.', ' ');
    }
}
