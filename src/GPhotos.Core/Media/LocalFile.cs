namespace GPhotos.Core.Media;

/// <summary>A local file, or why a file or folder cannot be looked at.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Error">What is in the way; null when nothing is.</param>
public sealed record LocalFile(string Path, FileReadFailedException? Error)
{
    /// <summary>Tells whether two full paths are one, as far as that can be told without looking at the disk: on Windows case does not count.</summary>
    public static StringComparer PathComparer { get; } = OperatingSystem.IsWindows() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    private static readonly EnumerationOptions Visible = new() { IgnoreInaccessible = false };

    /// <summary>
    /// A file itself; of a folder its files, with those of the folders in it where that is wanted. Hidden files are passed over and links to
    /// folders not followed, as Get-ChildItem does.
    /// </summary>
    /// <param name="path">The file or folder.</param>
    /// <param name="recurse">Whether to go down.</param>
    /// <param name="enters">Asked by path before a folder below is entered; all are without it.</param>
    public static IEnumerable<LocalFile> At(string path, bool recurse, Func<string, bool>? enters = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (!System.IO.Directory.Exists(path))
        {
            return [new LocalFile(path, null)];
        }

        return In(new DirectoryInfo(path), recurse, enters ?? (static _ => true));
    }

    private static IEnumerable<LocalFile> In(DirectoryInfo start, bool recurse, Func<string, bool> enters)
    {
        Stack<DirectoryInfo> folders = new([start]);
        while (folders.TryPop(out DirectoryInfo? folder))
        {
            FileSystemInfo[] entries = [];
            FileReadFailedException? error = null;
            try
            {
                entries = folder.GetFileSystemInfos("*", Visible);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                error = new FileReadFailedException($"'{folder.FullName}' cannot be read: {e.Message}", folder.FullName, e);
            }

            if (error is not null)
            {
                yield return new LocalFile(folder.FullName, error);
            }

            Array.Sort(entries, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            foreach (FileInfo file in entries.OfType<FileInfo>())
            {
                yield return new LocalFile(file.FullName, null);
            }

            // A link may lead back to where it stands. Not by its attribute: folders that a cloud service fills on demand bear that as well.
            foreach (DirectoryInfo below in entries.OfType<DirectoryInfo>().Where(d => recurse && d.LinkTarget is null && enters(d.FullName)).Reverse())
            {
                folders.Push(below);
            }
        }
    }
}
