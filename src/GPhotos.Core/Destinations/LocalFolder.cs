namespace GPhotos.Core.Destinations;

/// <summary>What the file system refuses, told in our words.</summary>
internal static class LocalFolder
{
    /// <summary>Does something to a file that is written.</summary>
    /// <exception cref="FileWriteFailedException">The file system refused it.</exception>
    public static T Write<T>(string path, Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(path, e);
        }
    }

    /// <summary>Deletes a file that is not needed; one that cannot be deleted does no harm.</summary>
    public static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The next run replaces it.
        }
    }

    public static FileWriteFailedException Failed(string path, Exception e) => new($"'{path}' cannot be written: {e.Message}", path, e);
}
