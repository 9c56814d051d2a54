namespace GPhotos.Core.Api;

/// <summary>What became of one id of a batchGet: the item, or why there is none.</summary>
public sealed record MediaItemLookup(string Id, MediaItem? MediaItem, GPhotosException? Error);
