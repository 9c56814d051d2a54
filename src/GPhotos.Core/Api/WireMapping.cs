using System.Globalization;

namespace GPhotos.Core.Api;

/// <summary>From the wire to the models. Missing is null or zero, never an error: Google leaves much out.</summary>
internal static class WireMapping
{
    public static MediaItem ToModel(this WireMediaItem wire, DateTimeOffset receivedAt)
    {
        WireMediaMetadata? metadata = wire.MediaMetadata;
        return new MediaItem
        {
            Id = wire.Id ?? throw new UnexpectedResponseException("Google described a media item without an id."),
            FileName = wire.Filename ?? "",
            Description = wire.Description,
            MimeType = wire.MimeType ?? "",
            CreationTime = metadata?.CreationTime ?? default,
            MediaType = IsVideo(wire) ? MediaType.Video : MediaType.Photo,
            Width = metadata?.Width ?? 0,
            Height = metadata?.Height ?? 0,
            CameraMake = metadata?.Photo?.CameraMake ?? metadata?.Video?.CameraMake,
            CameraModel = metadata?.Photo?.CameraModel ?? metadata?.Video?.CameraModel,
            FocalLength = metadata?.Photo?.FocalLength,
            ApertureFNumber = metadata?.Photo?.ApertureFNumber,
            IsoEquivalent = metadata?.Photo?.IsoEquivalent,
            ExposureTime = Duration(metadata?.Photo?.ExposureTime),
            FramesPerSecond = metadata?.Video?.Fps,
            VideoStatus = IsVideo(wire) ? Status(metadata?.Video?.Status) : null,
            ProductAddress = wire.ProductUrl,
            BaseUrl = wire.BaseUrl,
            BaseUrlTime = receivedAt,
        };
    }

    public static Album ToModel(this WireAlbum wire) => new()
    {
        Id = wire.Id ?? throw new UnexpectedResponseException("Google described an album without an id."),
        Title = wire.Title ?? "",
        MediaItemsCount = wire.MediaItemsCount,
        IsWriteable = wire.IsWriteable,
        CoverPhotoMediaItemId = wire.CoverPhotoMediaItemId,
        ProductUrl = Address(wire.ProductUrl),
    };

    private static bool IsVideo(WireMediaItem wire) =>
        wire.MediaMetadata?.Video is not null || (wire.MimeType ?? "").StartsWith("video/", StringComparison.OrdinalIgnoreCase);

    /// <summary>The status of a video, which both APIs call alike.</summary>
    public static VideoStatus Status(string? wire) => wire switch
    {
        "PROCESSING" => VideoStatus.Processing,
        "READY" => VideoStatus.Ready,
        "FAILED" => VideoStatus.Failed,
        _ => VideoStatus.Unspecified,
    };

    /// <summary>A duration of protobuf's JSON: 3.5s.</summary>
    public static TimeSpan? Duration(string? wire) =>
        wire is [.. var seconds, 's'] && double.TryParse(seconds, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            && Math.Abs(value) < TimeSpan.MaxValue.TotalSeconds
            ? TimeSpan.FromSeconds(value)
            : null;

    private static Uri? Address(string? wire) => Uri.TryCreate(wire, UriKind.Absolute, out Uri? address) ? address : null;
}
