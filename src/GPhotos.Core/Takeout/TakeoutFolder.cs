namespace GPhotos.Core.Takeout;

/// <summary>A folder of an export, over all parts.</summary>
/// <param name="path">Its path below "Takeout", the same in every part.</param>
/// <param name="product">Its first folder, such as "Google Photos"; empty where the export was given without it, null for what lies beside the products.</param>
internal sealed class TakeoutFolder(string path, string? product)
{
    public string Path { get; } = path;

    public string? Product { get; } = product;

    /// <summary>The name of the folder itself.</summary>
    public string Name => Path[(Path.LastIndexOf('/') + 1)..];

    public List<TakeoutEntry> Media { get; } = [];

    public List<PictureJson> Jsons { get; } = [];

    public List<AlbumJson> AlbumJsons { get; } = [];

    /// <summary>How many other entries it has.</summary>
    public int Others { get; set; }

    /// <summary>Of an album its title; null where this is no album.</summary>
    public string? AlbumTitle { get; set; }

    public override string ToString() => Path;
}
