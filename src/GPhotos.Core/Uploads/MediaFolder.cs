namespace GPhotos.Core.Uploads;

/// <summary>Finds what can be sent in folders: in the order of the names, hidden files and linked folders left out.</summary>
public static class MediaFolder
{
    private static readonly EnumerationOptions Visible = new()
    {
        IgnoreInaccessible = false,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System,
    };

    /// <summary>Whether Google takes files of this name's extension.</summary>
    public static bool IsMedia(string path) => MediaFileType.Of(path) is not null;

    /// <summary>All files of a folder, and of those below it where asked for.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="recurse">Whether to go down.</param>
    /// <param name="takes">Asked by path for each file and folder; a folder that is not taken is not entered.</param>
    /// <param name="onError">Told of a folder that cannot be read; the others go on.</param>
    public static IEnumerable<string> Files(string folder, bool recurse, Func<string, bool> takes, Action<FileReadFailedException> onError)
    {
        ArgumentNullException.ThrowIfNull(takes);
        ArgumentNullException.ThrowIfNull(onError);
        List<string>? files = Entries(folder, Directory.EnumerateFiles, onError);
        foreach (string file in files?.Where(takes) ?? [])
        {
            yield return file;
        }

        if (!recurse || files is null)
        {
            yield break;
        }

        foreach (string below in Entries(folder, FoldersIn, onError)?.Where(takes) ?? [])
        {
            foreach (string file in Files(below, recurse, takes, onError))
            {
                yield return file;
            }
        }
    }

    // A link may lead back to where it stands. Not by the attribute: folders that a cloud service fills on demand bear it as well.
    private static IEnumerable<string> FoldersIn(string folder, string pattern, EnumerationOptions options) =>
        new DirectoryInfo(folder).EnumerateDirectories(pattern, options).Where(d => d.LinkTarget is null).Select(d => d.FullName);

    private static List<string>? Entries(
        string folder, Func<string, string, EnumerationOptions, IEnumerable<string>> list, Action<FileReadFailedException> onError)
    {
        try
        {
            return [.. list(folder, "*", Visible).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            onError(new FileReadFailedException($"The folder '{folder}' cannot be read: {e.Message}", folder, e));
            return null;
        }
    }
}
