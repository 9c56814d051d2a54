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

    /// <summary>Removes a link that stands in the way, which would lead what is written elsewhere. A file stays: it may be another run's.</summary>
    public static void RemoveLink(string path)
    {
        if (new FileInfo(path).LinkTarget is not null)
        {
            File.Delete(path);
        }
    }

    public static FileWriteFailedException Failed(string path, Exception e) => new($"'{path}' cannot be written: {e.Message}", path, e);
}
