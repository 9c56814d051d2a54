using GPhotos.Core.Api;

namespace GPhotos.Core.Picker;

/// <summary>From the Picker's wire to the models. Missing is null or zero, never an error.</summary>
internal static class PickerMapping
{
    public static PickingSession ToModel(this WirePickingSession wire) => new()
    {
        Id = wire.Id ?? throw new UnexpectedResponseException("Google described a picking session without an id."),
        PickerUri = Uri.TryCreate(wire.PickerUri, UriKind.Absolute, out Uri? page) && page.Scheme is "https" or "http"
            ? page
            : throw new UnexpectedResponseException("Google described a picking session without a page to pick on."),
        ExpireTime = wire.ExpireTime,
        MediaItemsSet = wire.MediaItemsSet,
        PollInterval = WireMapping.Duration(wire.PollingConfig?.PollInterval),
        TimeoutIn = WireMapping.Duration(wire.PollingConfig?.TimeoutIn),
    };

    public static MediaItem ToModel(this WirePickedMediaItem wire, MediaOrigin origin, DateTimeOffset receivedAt)
    {
        WireMediaFile? file = wire.MediaFile;
        WireMediaFileMetadata? about = file?.MediaFileMetadata;
        bool isVideo = IsVideo(wire);
        return new MediaItem
        {
            Id = wire.Id ?? throw new UnexpectedResponseException("Google described a picked media item without an id."),
            Origin = origin,
            FileName = file?.Filename ?? "",
            MimeType = file?.MimeType ?? "",
            CreationTime = wire.CreateTime ?? default,
            MediaType = isVideo ? MediaType.Video : MediaType.Photo,
            Width = about?.Width ?? 0,
            Height = about?.Height ?? 0,
            CameraMake = about?.CameraMake ?? about?.PhotoMetadata?.CameraMake ?? about?.VideoMetadata?.CameraMake,
            CameraModel = about?.CameraModel ?? about?.PhotoMetadata?.CameraModel ?? about?.VideoMetadata?.CameraModel,
            FocalLength = about?.PhotoMetadata?.FocalLength,
            ApertureFNumber = about?.PhotoMetadata?.ApertureFNumber,
            IsoEquivalent = about?.PhotoMetadata?.IsoEquivalent,
            ExposureTime = WireMapping.Duration(about?.PhotoMetadata?.ExposureTime),
            FramesPerSecond = about?.VideoMetadata?.Fps,
            VideoStatus = isVideo ? WireMapping.Status(about?.VideoMetadata?.ProcessingStatus) : null,
            BaseUrl = file?.BaseUrl,
            BaseUrlTime = receivedAt,
        };
    }

    private static bool IsVideo(WirePickedMediaItem wire) => wire.Type switch
    {
        "VIDEO" => true,
        "PHOTO" => false,
        _ => (wire.MediaFile?.MimeType ?? "").StartsWith("video/", StringComparison.OrdinalIgnoreCase),
    };
}
