namespace GPhotos;

/// <summary>A file of that name stands there, and it is not the same item.</summary>
public sealed class FileExistsException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public FileExistsException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
