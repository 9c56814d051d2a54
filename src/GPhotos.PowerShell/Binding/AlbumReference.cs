using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>An album as users name one: the object, its id or its title.</summary>
public sealed class AlbumReference
{
    /// <summary>By id or title.</summary>
    public AlbumReference(string idOrTitle) => IdOrTitle = idOrTitle;

    /// <summary>By the object itself.</summary>
    public AlbumReference(Album album) => (Album, IdOrTitle) = (album, album.Id);

    /// <summary>By what was put into an album: it has an Id of its own.</summary>
    public AlbumReference(AlbumEnrichment enrichment)
        : this(enrichment.AlbumId)
    {
    }

    /// <summary>By what was sent to an album: its Id is the media item's.</summary>
    public AlbumReference(SendResult sent)
        : this(sent.AlbumId ?? throw new PSInvalidCastException($"'{sent.FullName}' was sent to no album."))
    {
    }

    /// <summary>By an object that came from another session or a file: its AlbumId counts, else its Id.</summary>
    public AlbumReference(PSObject deserialized)
        : this((deserialized.Properties["AlbumId"] ?? deserialized.Properties["Id"])?.Value as string ?? deserialized.ToString())
    {
    }

    /// <summary>The id or title.</summary>
    public string IdOrTitle { get; }

    /// <summary>The album, where it was given as an object.</summary>
    public Album? Album { get; }

    /// <summary>The title where known, else what was given.</summary>
    public override string ToString() => Album?.Title ?? IdOrTitle;
}
