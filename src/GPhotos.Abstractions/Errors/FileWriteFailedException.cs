namespace GPhotos;

/// <summary>A local file could not be written.</summary>
public sealed class FileWriteFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public FileWriteFailedException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
