namespace GPhotos;

/// <summary>A local file could not be read.</summary>
public sealed class FileReadFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public FileReadFailedException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
