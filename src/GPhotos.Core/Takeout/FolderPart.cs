namespace GPhotos.Core.Takeout;

/// <summary>An export that was unpacked: a folder, and all that is below it.</summary>
internal sealed class FolderPart(string path) : TakeoutPart(path)
{
    private static readonly EnumerationOptions All = new() { IgnoreInaccessible = false, AttributesToSkip = 0 };

    private readonly string[] _above = [.. System.IO.Path.TrimEndingDirectorySeparator(path).Split(System.IO.Path.DirectorySeparatorChar).Select(s => s.Normalize())];

    /// <summary>The names of the folders above it, and its own.</summary>
    public ReadOnlySpan<string> Above => _above;

    public override async Task ReadAsync(TakeoutIndex index, CancellationToken cancellationToken)
    {
        int position = 0;
        Stack<string> folders = new([""]);
        while (folders.TryPop(out string? folder))
        {
            FileSystemInfo[] infos = List(folder, index);
            Array.Sort(infos, static (a, b) => string.CompareOrdinal(a.Name, b.Name));
            foreach (FileSystemInfo info in infos)
            {
                cancellationToken.ThrowIfCancellationRequested();
                string name = folder + info.Name;
                bool isLink = info.LinkTarget is not null;
                bool isFolder = !isLink && info is DirectoryInfo;
                await index.AddAsync(
                    new FoundEntry(this, position++, name, (info as FileInfo)?.Length ?? 0)
                    {
                        IsFolder = isFolder,
                        // It may lead anywhere, and back to where it stands.
                        Flaw = isLink ? "It is a link." : null,
                        Open = () => Read(name),
                    },
                    cancellationToken).ConfigureAwait(false);
            }

            foreach (DirectoryInfo below in infos.OfType<DirectoryInfo>().Where(d => d.LinkTarget is null).Reverse())
            {
                folders.Push(folder + below.Name + "/");
            }
        }
    }

    public override Task<Stream> OpenAsync(TakeoutEntry entry, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return Task.FromResult<Stream>(new EntryStream(Read(entry.Name), entry.Length, null, e => Changed(entry, e)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(NameOf(entry), e);
        }
    }

    // One that is gone is told when it is opened.
    public override string StampOf(TakeoutEntry entry)
    {
        FileInfo file = new(System.IO.Path.Join(Path, entry.Name));
        return file.Exists ? StampOf(file) : "";
    }

    private FileSystemInfo[] List(string folder, TakeoutIndex index)
    {
        string path = System.IO.Path.Join(Path, folder);
        try
        {
            return new DirectoryInfo(path).GetFileSystemInfos("*", All);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            index.Tell(Unreadable(path, e));
            return [];
        }
    }

    private FileStream Read(string name) =>
        new(System.IO.Path.Join(Path, name), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);

    private FileReadFailedException Changed(TakeoutEntry entry, Exception e) =>
        new($"'{NameOf(entry)}' changed since it was looked at, or cannot be read: {e.Message}", NameOf(entry), e);
}
