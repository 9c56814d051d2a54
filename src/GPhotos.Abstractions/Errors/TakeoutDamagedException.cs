namespace GPhotos;

/// <summary>A part of a Takeout export is no archive, or broken off. The other parts can be read all the same.</summary>
public sealed class TakeoutDamagedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public TakeoutDamagedException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The archive.</summary>
    public string Path { get; }
}
