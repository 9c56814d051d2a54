using GPhotos.Core.Journal;
using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Comparison;

/// <summary>A local file.</summary>
internal sealed class LocalPicture(FileSource source) : ComparedPicture<OnlinePicture>
{
    private MediaFacts? _facts;

    public FileSource Source => source;

    public string Path => source.Name;

    public string Folder { get; } = System.IO.Path.GetDirectoryName(source.Name) ?? "";

    public PictureName Name { get; } = PictureName.Of(source.FileName);

    public PictureKind Kind { get; } = PictureKind.Of(source.Type.MimeType);

    /// <summary>What journal and catalogs know it as.</summary>
    public List<KnownItem> KnownItems { get; } = [];

    /// <summary>Who its bytes are, where that is known.</summary>
    public ContentIdentity? Identity { get; set; }

    public MediaFacts Facts => _facts ?? MediaFacts.None;

    public bool HasFacts => _facts is not null;

    /// <summary>By how much its clock differs from its media item's time, where it was paired so.</summary>
    public TimeSpan? Shift { get; set; }

    /// <exception cref="FileReadFailedException">It cannot be opened.</exception>
    public void ReadFacts() => _facts ??= MediaFacts.Read(Path);

    /// <summary>Whether both tell the same time, in whatever zone.</summary>
    public bool HasTimeOf(OnlinePicture other) =>
        Facts.Captured is { } captured && other.Time is { } time && PictureTime.Compare(captured.Time, time) is not null;

    /// <summary>Makes a pair of the file and the item.</summary>
    public void PairUp(OnlinePicture item, ComparisonMatch match)
    {
        PairWith(item, match);
        item.PairWith(this, match);
    }

    /// <summary>Whether nothing that both tell of their size speaks against it.</summary>
    public bool MayHaveSizeOf(OnlinePicture other) => Facts.Width == 0 || other.Item.Width == 0 || other.Item.Height == 0 || HasSizeOf(other);

    /// <summary>Whether both tell the same size. What was converted on the way came to stand upright.</summary>
    public bool HasSizeOf(OnlinePicture other) =>
        Facts.HasSize(other.Item.Width, other.Item.Height)
        || (other.Kind != Kind && Facts.HasSize(other.Item.Height, other.Item.Width));
}

/// <summary>A media item that a file is known as.</summary>
/// <param name="ItemId">Its id.</param>
/// <param name="Match">Who knows.</param>
/// <param name="IsPart">Whether the file is only its moving part, or a picture of another size.</param>
/// <param name="HasGrown">Whether the file is longer than the one that is known: tagged since, or another picture in its place.</param>
internal readonly record struct KnownItem(string ItemId, ComparisonMatch Match, bool IsPart = false, bool HasGrown = false);
