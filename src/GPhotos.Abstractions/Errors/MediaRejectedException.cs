namespace GPhotos;

/// <summary>Google, or this client before it, does not take the file.</summary>
public sealed class MediaRejectedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public MediaRejectedException(string message, string path, int? code, Exception? inner = null)
        : base(message, inner) =>
        (Path, Code) = (path, code);

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>What Google said, word for word; null when no byte was sent.</summary>
    public string? Words { get; init; }

    /// <summary>Google's status code for the file (google.rpc.Code), or null when no byte was sent.</summary>
    public int? Code { get; }
}
