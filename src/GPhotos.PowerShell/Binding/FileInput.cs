using System.Management.Automation;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Binding;

/// <summary>
/// Turns what a user wrote for files into full paths: wildcards, literal names, folders. What one of them cannot be is told of that one alone.
/// </summary>
internal sealed class FileInput(PSCmdlet cmdlet, bool recurse, string[]? include, string[]? exclude)
{
    private readonly WildcardPattern[] _include = Patterns(include);
    private readonly WildcardPattern[] _exclude = Patterns(exclude);
    private readonly SortedDictionary<string, int> _passedOver = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>How many files of other kinds the folders held, by extension. They were passed over.</summary>
    public IReadOnlyDictionary<string, int> PassedOver => _passedOver;

    /// <summary>The files of a path, which may have wildcards unless it is to be taken literally.</summary>
    public IEnumerable<string> Files(string path, bool literally)
    {
        bool isPattern = LocalPaths.IsPattern(path);
        return LocalPaths.Resolve(cmdlet, path, literally).SelectMany(f => FilesOf(f, isPattern));
    }

    private IEnumerable<string> FilesOf(string path, bool isPattern)
    {
        if (!Directory.Exists(path))
        {
            return IsTaken(path) ? [path] : [];
        }

        if (recurse)
        {
            return LocalFile.At(path, recurse: true, folder => !IsExcluded(folder)).Where(IsReadable).Select(f => f.Path).Where(IsTaken).Where(IsMedia);
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

    private void Tell(FileReadFailedException error) => cmdlet.WriteError(ErrorRecords.From(error));

    private static WildcardPattern[] Patterns(string[]? patterns) =>
        [.. (patterns ?? []).Select(p => WildcardPattern.Get(p, WildcardOptions.IgnoreCase))];
}
