namespace GPhotos;

/// <summary>The file is no exported profile, not a whole one, or one that this version cannot read.</summary>
public sealed class ProfileExportInvalidException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ProfileExportInvalidException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
