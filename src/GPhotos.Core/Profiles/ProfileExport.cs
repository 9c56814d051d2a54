using System.Security;
using GPhotos.Core.Data;
using GPhotos.Core.Destinations;

namespace GPhotos.Core.Profiles;

/// <summary>A profile in an encrypted file of its own, which moves a sign-in to another machine. Nothing is sent.</summary>
public static class ProfileExport
{
    /// <summary>Writes the file, readable by its owner only (mode 0600, where the file system has modes), whole or not at all.</summary>
    /// <param name="profile">What is written.</param>
    /// <param name="path">The full path of the file; its folder must be there.</param>
    /// <param name="passphrase">What it is encrypted with.</param>
    /// <param name="replace">Whether a file that is there is replaced, also one that is read-only. A link is replaced itself, not what it leads to.</param>
    /// <exception cref="FileExistsException">A file of that name is there, and is to be kept.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be written.</exception>
    /// <exception cref="InvalidRequestException">The passphrase is empty or not text.</exception>
    public static void Write(Profile profile, string path, SecureString passphrase, bool replace)
    {
        ArgumentNullException.ThrowIfNull(path);
        Check(path, replace);
        if (replace && IsDevice(path))
        {
            throw new FileWriteFailedException($"'{path}' is no file that could be replaced: it is a device or a pipe, or in use.", path);
        }

        byte[] file = ProfileEnvelope.Seal(profile, passphrase);
        string partial = Path.Combine(Path.GetDirectoryName(path)!, $".gphotos-{Guid.NewGuid():N}.partial");
        try
        {
            LocalFolder.Write(path, () =>
            {
                using (FileStream stream = new(partial, UserFolder.PrivateFile(FileMode.CreateNew, FileAccess.Write)))
                {
                    stream.Write(file);
                    stream.Flush(flushToDisk: true);
                }

                // It may have appeared while the key was made.
                Check(path, replace);
                if (OperatingSystem.IsWindows() && replace && File.Exists(path))
                {
                    File.SetAttributes(path, FileAttributes.Normal);
                }

                File.Move(partial, path, overwrite: replace);
                return true;
            });
        }
        finally
        {
            LocalFolder.TryDelete(partial);
        }
    }

    /// <summary>Reads a file that <see cref="Write"/> made, and no more of a longer one than the length that such a file may have.</summary>
    /// <exception cref="FileReadFailedException">The file cannot be read.</exception>
    /// <exception cref="PassphraseWrongException">The passphrase is another, or the file was changed.</exception>
    /// <exception cref="ProfileExportInvalidException">It is no exported profile, or of a version not known here.</exception>
    /// <exception cref="InvalidRequestException">The passphrase is empty or not text.</exception>
    public static Profile Read(string path, SecureString passphrase)
    {
        if (Directory.Exists(path))
        {
            throw new FileReadFailedException($"'{path}' is a folder; name the file in it.", path);
        }

        byte[] file = new byte[ProfileEnvelope.MaximumLength + 1];
        int length;
        try
        {
            using FileStream stream = File.OpenRead(path);
            length = stream.ReadAtLeast(file, file.Length, throwOnEndOfStream: false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{path}' cannot be read: {e.Message}", path, e);
        }

        return ProfileEnvelope.Open(file.AsSpan(0, length), passphrase, path);
    }

    /// <summary>Looks whether the file can be written, before any work is done for it. Touches nothing.</summary>
    /// <exception cref="FileExistsException">A file of that name is there, and is to be kept.</exception>
    /// <exception cref="FileWriteFailedException">It cannot be written.</exception>
    public static void Check(string path, bool replace)
    {
        if (Directory.Exists(path))
        {
            throw new FileWriteFailedException($"'{path}' is a folder; name a file in it.", path);
        }

        if (!Directory.Exists(Path.GetDirectoryName(path)))
        {
            throw new FileWriteFailedException($"'{path}' cannot be written: its folder does not exist.", path);
        }

        if (!replace && (File.Exists(path) || new FileInfo(path).LinkTarget is not null))
        {
            throw new FileExistsException($"'{path}' exists already and is kept; -Force replaces it.", path);
        }
    }

    // Renaming over a device would take it from the whole machine, as root. A device or a pipe has no length to set; a file keeps the one it has, and
    // counts as changed now.
    private static bool IsDevice(string path)
    {
        try
        {
            using FileStream stream = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            stream.SetLength(stream.Length);
            return false;
        }
        catch (Exception e) when (e is FileNotFoundException or UnauthorizedAccessException)
        {
            // Nothing is there, a link leads nowhere, or a file is read-only.
            return false;
        }
        catch (Exception e) when (e is IOException or NotSupportedException)
        {
            return true;
        }
    }
}
