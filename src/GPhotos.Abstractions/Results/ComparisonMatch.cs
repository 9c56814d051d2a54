namespace GPhotos;

/// <summary>By which sign a local file and a media item were found to be the same picture; the surest first.</summary>
public enum ComparisonMatch
{
    /// <summary>The journal knows the file as this media item: it was sent from this machine.</summary>
    JournalId,

    /// <summary>The catalog of the folder knows the file as this media item: it was saved there.</summary>
    CatalogId,

    /// <summary>The same bytes, which only items of Takeout archives have here.</summary>
    Content,

    /// <summary>The same file name and time of capture, and the same size where both are known.</summary>
    NameAndTime,

    /// <summary>The same time of capture and size, under another name.</summary>
    Time,

    /// <summary>The file name alone, which stands once on either side, where a side has no date.</summary>
    Name,
}
