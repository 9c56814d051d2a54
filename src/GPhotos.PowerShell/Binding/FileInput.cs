using System.Management.Automation;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Binding;

/// <summary>
/// Turns what a user wrote for files into full paths: wildcards, literal names, folders. What one of them cannot be is told of that one alone.
/// </summary>
/// <param name="cmdlet">Resolves the paths, and tells the errors.</param>
/// <param name="recurse">Whether to go down into folders.</param>
/// <param name="include">Only files whose name matches one of these.</param>
/// <param name="exclude">No files, and nothing in folders below, whose name matches one of these.</param>
/// <param name="opensFolders">Whether a folder that is named stands for the files in it, also without going down.</param>
internal sealed class FileInput(PSCmdlet cmdlet, bool recurse, string[]? include, string[]? exclude, bool opensFolders = false)
{
    private readonly WildcardPattern[] _include = Patterns(include);
    private readonly WildcardPattern[] _exclude = Patterns(exclude);
    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many files of other kinds the folders held, by extension, in words; null where there were none.</summary>
    public string? PassedOverText => _passedOver.Count == 0
        ? null
        : "The folders also hold files that Google Photos does not take; they were passed over: "
            + string.Join(", ", _passedOver.Select(p => $"{p.Value} {(p.Key.Length > 0 ? p.Key : "without extension")}")) + ".";

    /// <summary>How many errors were told, of paths and folders.</summary>
    public int Errors { get; private set; }

    /// <summary>The files of a path, which may have wildcards unless it is to be taken literally.</summary>
    public IEnumerable<string> Files(string path, bool literally)
    {
        bool isPattern = LocalPaths.IsPattern(path);
        IReadOnlyList<string> found = LocalPaths.Resolve(cmdlet, path, literally);
        Errors += found.Count == 0 && (literally || !isPattern) ? 1 : 0;
        return found.SelectMany(f => FilesOf(f, isPattern));
    }

    private IEnumerable<string> FilesOf(string path, bool isPattern)
    {
        if (!Directory.Exists(path))
        {
            return IsTaken(path) ? [path] : [];
        }

        if (recurse || opensFolders)
        {
            return LocalFile.At(path, recurse, folder => !IsExcluded(folder)).Where(IsReadable).Select(f => f.Path).Where(IsTaken).Where(IsMedia);
        }

        if (!isPattern)
        {
            Tell(new FileReadFailedException($"'{path}' is a folder. Add -Recurse to send what is in it.", path));
        }

        return [];
    }

    private bool IsReadable(LocalFile file)
    {
        if (file.Error is not null)
        {
            Tell(file.Error);
        }

        return file.Error is null;
    }

    // In a folder there is much that is no picture; what was named by the user is told of, what was only found there is counted.
    private bool IsMedia(string path)
    {
        bool isMedia = MediaFileType.Of(path) is not null;
        if (!isMedia)
        {
            string extension = Path.GetExtension(path);
            _passedOver[extension] = _passedOver.GetValueOrDefault(extension) + 1;
        }

        return isMedia;
    }

    private bool IsTaken(string path) =>
        (_include.Length == 0 || _include.Any(p => p.IsMatch(Path.GetFileName(path)))) && !IsExcluded(path);

    private bool IsExcluded(string path) => _exclude.Any(p => p.IsMatch(Path.GetFileName(path)));

    private void Tell(FileReadFailedException error)
    {
        Errors++;
        cmdlet.WriteError(ErrorRecords.From(error));
    }

    private static WildcardPattern[] Patterns(string[]? patterns) =>
        [.. (patterns ?? []).Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase))];
}
