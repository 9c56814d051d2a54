namespace GPhotos;

/// <summary>The file is not the JSON of a Desktop OAuth client.</summary>
public sealed class ClientSecretInvalidException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ClientSecretInvalidException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
