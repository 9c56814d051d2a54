using System.Text.Json.Serialization;

namespace GPhotos.Core.Api;

// The wire shapes of https://developers.google.com/photos/library/reference/rest. Google leaves out defaults and empty
// lists, and writes 64-bit numbers as strings; the JSON context reads both forms. What a listing reads by the hundred thousand is a
// class with setters: a record's constructor costs the reader twice as much.

internal sealed class WireMediaItem
{
    public string? Id { get; set; }

    public string? Description { get; set; }

    public string? ProductUrl { get; set; }

    public string? BaseUrl { get; set; }

    public string? MimeType { get; set; }

    public WireMediaMetadata? MediaMetadata { get; set; }

    public string? Filename { get; set; }
}

internal sealed class WireMediaMetadata
{
    public DateTimeOffset? CreationTime { get; set; }

    public long Width { get; set; }

    public long Height { get; set; }

    public WirePhoto? Photo { get; set; }

    public WireVideo? Video { get; set; }
}

internal sealed class WirePhoto
{
    public string? CameraMake { get; set; }

    public string? CameraModel { get; set; }

    public double? FocalLength { get; set; }

    public double? ApertureFNumber { get; set; }

    public int? IsoEquivalent { get; set; }

    public string? ExposureTime { get; set; }
}

internal sealed record WireVideo(string? CameraMake, string? CameraModel, double? Fps, string? Status);

internal sealed record WireMediaItemPage(List<WireMediaItem>? MediaItems, string? NextPageToken);

internal sealed record WireAlbum(
    string? Id, string? Title, string? ProductUrl, bool IsWriteable, long MediaItemsCount, string? CoverPhotoMediaItemId);

internal sealed record WireAlbumPage(List<WireAlbum>? Albums, string? NextPageToken);

internal sealed record WireStatus(int Code, string? Message);

internal sealed record WireMediaItemResult(WireStatus? Status, WireMediaItem? MediaItem);

internal sealed record WireBatchGetReply(List<WireMediaItemResult>? MediaItemResults);

internal sealed record WireNewMediaItemResult(string? UploadToken, WireStatus? Status, WireMediaItem? MediaItem)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Status} {MediaItem?.Id}";
}

internal sealed record WireBatchCreateReply(List<WireNewMediaItemResult>? NewMediaItemResults);

internal sealed record WireSimpleMediaItem(string UploadToken, string FileName)
{
    /// <summary>Without the token.</summary>
    public override string ToString() => FileName;
}

internal sealed record WireNewMediaItem(string? Description, WireSimpleMediaItem SimpleMediaItem);

internal sealed record WireBatchCreateRequest(string? AlbumId, IReadOnlyList<WireNewMediaItem> NewMediaItems);

internal sealed record WireAlbumTitle(string Title);

internal sealed record WireCreateAlbumRequest(WireAlbumTitle Album);

internal sealed record WireAlbumChange(string? Title, string? CoverPhotoMediaItemId);

internal sealed record WireMediaItemChange(string Description);

internal sealed record WireMediaItemIds(IReadOnlyList<string> MediaItemIds);

// batchAddMediaItems and batchRemoveMediaItems answer {}.
internal sealed record WireNothing;

internal sealed record WireLatLng(double Latitude, double Longitude);

internal sealed record WireLocation(string LocationName, WireLatLng Latlng);

internal sealed record WireTextEnrichment(string Text);

internal sealed record WireLocationEnrichment(WireLocation Location);

internal sealed record WireMapEnrichment(WireLocation Origin, WireLocation Destination);

internal sealed record WireNewEnrichmentItem(
    WireTextEnrichment? TextEnrichment, WireLocationEnrichment? LocationEnrichment, WireMapEnrichment? MapEnrichment);

internal sealed record WireAlbumPosition(string Position, string? RelativeMediaItemId, string? RelativeEnrichmentItemId);

internal sealed record WireAddEnrichmentRequest(WireNewEnrichmentItem NewEnrichmentItem, WireAlbumPosition AlbumPosition);

internal sealed record WireEnrichmentItem(string? Id);

internal sealed record WireAddEnrichmentReply(WireEnrichmentItem? EnrichmentItem);

internal sealed record WireDate(int Year, int Month, int Day);

internal sealed record WireDateRange(WireDate StartDate, WireDate EndDate);

internal sealed record WireDateFilter(IReadOnlyList<WireDate>? Dates, IReadOnlyList<WireDateRange>? Ranges);

internal sealed record WireContentFilter(IReadOnlyList<string>? IncludedContentCategories, IReadOnlyList<string>? ExcludedContentCategories);

internal sealed record WireMediaTypeFilter(IReadOnlyList<string> MediaTypes);

internal sealed record WireFeatureFilter(IReadOnlyList<string> IncludedFeatures);

internal sealed record WireFilters(
    WireDateFilter? DateFilter,
    WireContentFilter? ContentFilter,
    WireMediaTypeFilter? MediaTypeFilter,
    WireFeatureFilter? FeatureFilter,
    bool? IncludeArchivedMedia);

internal sealed record WireSearchRequest(string? AlbumId, int PageSize, string? PageToken, string? OrderBy, WireFilters? Filters);

internal sealed record WireTokenInfo(
    string? Aud, string? Scope, [property: JsonPropertyName("expires_in")] long ExpiresIn);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireMediaItem))]
[JsonSerializable(typeof(WireMediaItemPage))]
[JsonSerializable(typeof(WireAlbum))]
[JsonSerializable(typeof(WireAlbumPage))]
[JsonSerializable(typeof(WireBatchGetReply))]
[JsonSerializable(typeof(WireBatchCreateRequest))]
[JsonSerializable(typeof(WireBatchCreateReply))]
[JsonSerializable(typeof(WireCreateAlbumRequest))]
[JsonSerializable(typeof(WireAlbumChange))]
[JsonSerializable(typeof(WireMediaItemChange))]
[JsonSerializable(typeof(WireMediaItemIds))]
[JsonSerializable(typeof(WireNothing))]
[JsonSerializable(typeof(WireAddEnrichmentRequest))]
[JsonSerializable(typeof(WireAddEnrichmentReply))]
[JsonSerializable(typeof(WireSearchRequest))]
[JsonSerializable(typeof(WireTokenInfo))]
internal sealed partial class WireJsonContext : JsonSerializerContext;
