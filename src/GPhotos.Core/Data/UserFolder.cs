namespace GPhotos.Core.Data;

/// <summary>Where GPhotos keeps what belongs to the user: profiles, journals, the ledger of calls.</summary>
public static class UserFolder
{
    /// <summary>$XDG_DATA_HOME, ~/Library/Application Support or %LOCALAPPDATA%, and GPhotos in it. It may not exist yet.</summary>
    public static string Path => System.IO.Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify), "GPhotos");

    /// <summary>
    /// Makes a folder that nobody else can look into, and those above it that are missing, as the XDG Base Directory Specification asks. On Windows the
    /// user's data folder is one already.
    /// </summary>
    internal static void CreatePrivate(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        // .NET gives the mode to the last one only; the others would get what the umask leaves.
        if (!Directory.Exists(folder) && System.IO.Path.GetDirectoryName(folder) is { Length: > 0 } above)
        {
            CreatePrivate(above);
        }

        Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    /// <summary>How to open a file that only its owner may read, made so when it is made.</summary>
    internal static FileStreamOptions PrivateFile(FileMode mode, FileAccess access, FileShare share = FileShare.None)
    {
        FileStreamOptions options = new() { Mode = mode, Access = access, Share = share };
        if (!OperatingSystem.IsWindows() && mode is not FileMode.Open)
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }
}
