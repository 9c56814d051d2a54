using System.Management.Automation;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Binding;

/// <summary>
/// A path as users name the journal's: relative or full, with wildcards, of a file that may be gone, or a web address. A wildcard stops at a
/// separator, as it does in Get-ChildItem, so that no more is named than is seen.
/// </summary>
internal sealed class JournalPath
{
    private static readonly char[] Separators = ['/', '\\'];

    private static readonly char[] OwnSeparators = [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar];

    private static readonly StringComparison LiteralComparison =
        OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;

    private readonly string[] _folder = [];
    private readonly WildcardPattern[] _patterns = [];

    private JournalPath(string text, string literal, string? folder, IEnumerable<string> patterns)
    {
        (Text, Literal) = (text, literal);
        if (folder is not null)
        {
            _folder = folder.TrimEnd(OwnSeparators).Split(OwnSeparators);
            _patterns = [.. patterns.Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase))];
        }
    }

    /// <summary>What was given.</summary>
    public string Text { get; }

    /// <summary>The full path, brackets and stars meaning themselves.</summary>
    public string Literal { get; }

    /// <summary>Whether it may stand for several paths.</summary>
    public bool HasWildcards => _patterns.Length > 0;

    /// <summary>Whether it is meant to: brackets alone are more likely part of a name.</summary>
    public bool IsPattern => HasWildcards && LocalPaths.IsPattern(Text);

    /// <summary>Whether a full path fits the wildcards.</summary>
    public bool IsMatch(string path)
    {
        string[] parts = path.Split(OwnSeparators);
        return parts.Length == _folder.Length + _patterns.Length
            && _folder.Zip(parts, (mine, other) => mine.Equals(other, LiteralComparison)).All(static same => same)
            && _patterns.Zip(parts.Skip(_folder.Length), (pattern, part) => pattern.IsMatch(part)).All(static fits => fits);
    }

    /// <summary>Reads a path; null after an error that tells what it cannot be.</summary>
    public static JournalPath? Read(PSCmdlet cmdlet, string text, bool literally)
    {
        bool patterned = !literally && WildcardPattern.ContainsWildcardCharacters(text);
        if (IsAddress(text))
        {
            return patterned ? Patterned(text, text, static head => head) : new JournalPath(text, text, null, []);
        }

        try
        {
            return patterned
                ? Patterned(text, Full(cmdlet, text), head => Full(cmdlet, head.Length == 0 ? "." : WildcardPattern.Unescape(head)))
                : new JournalPath(text, Full(cmdlet, literally ? text : WildcardPattern.Unescape(text)), null, []);
        }
        catch (GPhotosException e)
        {
            cmdlet.WriteError(ErrorRecords.From(e));
        }
        catch (SessionStateException e)
        {
            cmdlet.WriteError(ErrorRecords.From(new FileReadFailedException($"'{text}' is on no known drive.", text, e)));
        }

        return null;
    }

    // The folders before the first wildcard are resolved as they stand; where they lie may have brackets in its name.
    private static JournalPath Patterned(string text, string literal, Func<string, string> resolve)
    {
        int start = 0;
        for (int end = text.IndexOfAny(Separators); end >= 0; end = text.IndexOfAny(Separators, start))
        {
            if (WildcardPattern.ContainsWildcardCharacters(text[start..end]))
            {
                break;
            }

            start = end + 1;
        }

        if (start == 0 && text.IndexOf(':', StringComparison.Ordinal) is var colon and >= 0)
        {
            start = colon + 1;
        }

        return new JournalPath(text, literal, resolve(text[..start]), text[start..].Split(Separators, StringSplitOptions.RemoveEmptyEntries));
    }

    private static string Full(PSCmdlet cmdlet, string path)
    {
        string full = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _);
        return provider.Name == "FileSystem" ? full : throw new FileReadFailedException($"'{path}' is not in the file system.", path);
    }

    private static bool IsAddress(string text) =>
        text.StartsWith("https://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("http://", StringComparison.OrdinalIgnoreCase);
}
