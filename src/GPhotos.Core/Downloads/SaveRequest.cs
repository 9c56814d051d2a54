namespace GPhotos.Core.Downloads;

/// <summary>A media item to save, or its id alone where the item is no longer at hand.</summary>
/// <param name="Id">The media item's id.</param>
/// <param name="MediaItem">The item, where known. Its base URL is used while it is young.</param>
public sealed record SaveRequest(string Id, MediaItem? MediaItem)
{
    /// <summary>Where to, as <see cref="SaveOptions.Destination"/>, which it goes before; null for that one.</summary>
    public string? Destination { get; init; }
}
