namespace GPhotos;

/// <summary>Another process saves into the destination. Two of them would not know of each other's names.</summary>
public sealed class DestinationInUseException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public DestinationInUseException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The destination.</summary>
    public string Path { get; }
}
