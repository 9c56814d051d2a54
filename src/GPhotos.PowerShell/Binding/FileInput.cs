using System.Management.Automation;
using GPhotos.Core.Uploads;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Binding;

/// <summary>
/// Turns what a user wrote for files into full paths: wildcards, literal names, folders. What one of them cannot be is told of that one alone.
/// </summary>
internal sealed class FileInput(PSCmdlet cmdlet, bool recurse, string[]? include, string[]? exclude)
{
    private const string FileSystem = "FileSystem";

    private readonly WildcardPattern[] _include = Patterns(include);
    private readonly WildcardPattern[] _exclude = Patterns(exclude);
    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many files of other kinds the folders held, by extension. They were passed over.</summary>
    public IReadOnlyDictionary<string, int> PassedOver => _passedOver;

    /// <summary>The files of a path with wildcards. A file that bears the very name goes before what its brackets might match.</summary>
    public IEnumerable<string> WithWildcards(string path) => Resolve(path, p =>
    {
        (IEnumerable<string> literal, ProviderInfo provider) = Literal(p);
        return provider.Name == FileSystem && (File.Exists(literal.First()) || Directory.Exists(literal.First()))
            ? (literal, provider)
            : (cmdlet.GetResolvedProviderPathFromPSPath(p, out provider), provider);
    });

    /// <summary>The files of a path that is taken as it is written.</summary>
    public IEnumerable<string> Literally(string path) => Resolve(path, Literal);

    private (IEnumerable<string> Found, ProviderInfo Provider) Literal(string path) =>
        ([cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out ProviderInfo provider, out _)], provider);

    private IEnumerable<string> Resolve(string path, Func<string, (IEnumerable<string> Found, ProviderInfo Provider)> resolve)
    {
        try
        {
            (IEnumerable<string> found, ProviderInfo provider) = resolve(path);
            // A pattern may match nothing, as everywhere in PowerShell; brackets alone are more likely part of a name.
            bool isPattern = path.AsSpan().ContainsAny('*', '?');
            string? complaint = provider.Name != FileSystem ? "is not in the file system" : found.Any() || isPattern ? null : "matches no file";
            if (complaint is null)
            {
                return found.SelectMany(f => FilesOf(f, isPattern));
            }

            Tell(new FileReadFailedException($"'{path}' {complaint}.", path));
        }
        catch (ItemNotFoundException e)
        {
            Tell(new FileReadFailedException($"'{path}' does not exist.", path, e));
        }
        catch (WildcardPatternException e)
        {
            Tell(new FileReadFailedException($"'{path}' is no pattern: {e.Message}", path, e));
        }
        catch (SessionStateException e)
        {
            Tell(new FileReadFailedException($"'{path}' is on no known drive.", path, e));
        }

        return [];
    }

    private IEnumerable<string> FilesOf(string path, bool isPattern)
    {
        if (!Directory.Exists(path))
        {
            return IsTaken(path) ? [path] : [];
        }

        if (recurse)
        {
            return MediaFolder.Files(path, true, Takes, Tell).Where(IsMedia);
        }

        if (!isPattern)
        {
            Tell(new FileReadFailedException($"'{path}' is a folder. Add -Recurse to send what is in it.", path));
        }

        return [];
    }

    // In a folder there is much that is no picture; what was named by the user is told of, what was only found there is counted.
    private bool IsMedia(string path)
    {
        bool isMedia = MediaFolder.IsMedia(path);
        if (!isMedia)
        {
            string extension = Path.GetExtension(path);
            _passedOver[extension] = _passedOver.GetValueOrDefault(extension) + 1;
        }

        return isMedia;
    }

    private bool Takes(string path) => Directory.Exists(path) ? !IsExcluded(path) : IsTaken(path);

    private bool IsTaken(string path) =>
        (_include.Length == 0 || _include.Any(p => p.IsMatch(Path.GetFileName(path)))) && !IsExcluded(path);

    private bool IsExcluded(string path) => _exclude.Any(p => p.IsMatch(Path.GetFileName(path)));

    private void Tell(FileReadFailedException error) => cmdlet.WriteError(ErrorRecords.From(error));

    private static WildcardPattern[] Patterns(string[]? patterns) =>
        [.. (patterns ?? []).Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase))];
}
