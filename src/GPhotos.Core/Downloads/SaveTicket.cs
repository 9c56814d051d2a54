using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>One request on its way through a run.</summary>
internal sealed class SaveTicket(SaveRequest request)
{
    /// <summary>When it entered the run, by the client's clock.</summary>
    public DateTimeOffset EnteredAt { get; init; }

    public SaveRequest Request { get; } = request;

    /// <summary>The item as Google described it last; null while only its id is known.</summary>
    public MediaItem? Item { get; private set; } = request.MediaItem;

    /// <summary>Where it goes, kept open for as long as it is on its way.</summary>
    public RunDestinations.Place? Place { get; set; }

    public Destination? Destination => Place?.Lease.Destination;

    /// <summary>What the catalog knows of it, once it claimed its name.</summary>
    public CatalogFile? File { get; set; }

    /// <summary>How the saved file stands; null where there is none.</summary>
    public Standing? Standing { get; set; }

    /// <summary>Why it cannot be saved.</summary>
    public GPhotosException? Error { get; set; }

    /// <summary>Whether its bytes will be asked for, so that it needs a base URL.</summary>
    public bool NeedsBytes { get; set; } = true;

    /// <summary>The names it may have, best first, once the item is known.</summary>
    public IReadOnlyList<string>? Names { get; set; }

    /// <summary>What results and messages call it.</summary>
    public string Subject => (Item ?? Request.MediaItem)?.FileName is { Length: > 0 } name ? $"'{name}'" : $"Media item '{Request.Id}'";

    /// <summary>Takes the item as Google describes it now, which does not say from which album it was listed.</summary>
    public void Renew(MediaItem item)
    {
        item.AlbumTitle = Item?.AlbumTitle;
        Item = item;
    }

    /// <summary>Its file stands, whole: notes that in the catalog.</summary>
    public void Stands(string path, long length, string? sha256)
    {
        File = Destination!.Catalog.Saved(File!, Item!, path, length, sha256);
        Standing = Destinations.Standing.Whole;
    }
}
