using GPhotos.Core.Destinations;

namespace GPhotos.Core.Data;

/// <summary>
/// Files that only their owner may read: mode 0600 from the moment they are made, in a folder that nobody else can write to. Written
/// whole or not at all.
/// </summary>
internal static class PrivateFile
{
    private const UnixFileMode OthersWrite = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    // What a killed writer left behind. Younger ones may belong to a writer at work.
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(10);

    /// <summary>Fails where others can read the file, or put another in its place.</summary>
    /// <exception cref="ProfileExposedException">They can. It names the command that mends it.</exception>
    public static void Check(string path)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        string folder = Path.GetDirectoryName(path)!;
        if (Directory.Exists(folder) && File.GetUnixFileMode(folder) is var folderMode && (folderMode & OthersWrite) != 0)
        {
            throw new ProfileExposedException(
                $"Other users can write to the folder '{folder}' (mode {Octal(folderMode)}), and so put another sign-in in the place of yours.",
                folder,
                $"chmod 700 {Quoted(folder)}");
        }

        if (File.Exists(path) && File.GetUnixFileMode(path) is var mode && (mode & Others) != 0)
        {
            throw new ProfileExposedException(
                $"Other users can read the sign-in in '{path}' (mode {Octal(mode)} where it must be 0600).", path, $"chmod 600 {Quoted(path)}");
        }
    }

    /// <summary>Writes beside, and puts it in place when all of it is on the disk.</summary>
    /// <exception cref="ProfileExposedException">The file system keeps no modes, or others can write to the folder. Nothing was written.</exception>
    public static void Write(string path, ReadOnlySpan<byte> content)
    {
        UserFolder.CreatePrivate(Path.GetDirectoryName(path)!);
        Check(path);
        RemoveAbandoned(path);
        string partial = $"{path}.{Guid.NewGuid():N}.partial";
        try
        {
            using (FileStream stream = new(partial, UserFolder.PrivateFile(FileMode.CreateNew, FileAccess.Write)))
            {
                // Before the first byte: FAT, and shares of other machines, give every file the same mode.
                if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(stream.SafeFileHandle) & Others) != 0)
                {
                    throw new ProfileExposedException(
                        $"The file system of '{Path.GetDirectoryName(path)}' keeps no file modes, so that other users could read a sign-in there.",
                        path,
                        mendedBy: null);
                }

                stream.Write(content);
                stream.Flush(flushToDisk: true);
            }

            File.Move(partial, path, overwrite: true);
        }
        catch
        {
            LocalFolder.TryDelete(partial);
            throw;
        }
    }

    private static void RemoveAbandoned(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        foreach (string partial in Directory.EnumerateFiles(folder, Path.GetFileName(path) + ".*.partial"))
        {
            if (DateTime.UtcNow - File.GetLastWriteTimeUtc(partial) > Abandoned)
            {
                LocalFolder.TryDelete(partial);
            }
        }
    }

    private static string Octal(UnixFileMode mode) => "0" + Convert.ToString((int)mode, 8);

    private static string Quoted(string path) => $"'{path.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
