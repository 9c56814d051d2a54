using System.Text.Json.Serialization;

namespace GPhotos.Core.Picker;

// The wire shapes of https://developers.google.com/photos/picker/reference/rest. Unlike in the Library API sizes are numbers.

internal sealed record WirePickingConfig(string? MaxItemCount);

internal sealed record WireNewPickingSession(WirePickingConfig? PickingConfig);

internal sealed record WirePollingConfig(string? PollInterval, string? TimeoutIn);

internal sealed record WirePickingSession(
    string? Id, string? PickerUri, WirePollingConfig? PollingConfig, DateTimeOffset? ExpireTime, bool MediaItemsSet);

internal sealed record WireNothingPicked;

internal sealed record WirePickedMediaItemPage(List<WirePickedMediaItem>? MediaItems, string? NextPageToken);

internal sealed record WirePickedMediaItem(string? Id, DateTimeOffset? CreateTime, string? Type, WireMediaFile? MediaFile);

internal sealed record WireMediaFile(string? BaseUrl, string? MimeType, string? Filename, WireMediaFileMetadata? MediaFileMetadata)
{
    /// <summary>Without the base URL.</summary>
    public override string ToString() => Filename ?? "";
}

internal sealed record WireMediaFileMetadata(
    long Width, long Height, string? CameraMake, string? CameraModel, WirePhotoMetadata? PhotoMetadata, WireVideoMetadata? VideoMetadata);

// Google's page has the camera on the file, others saw it here.
internal sealed record WirePhotoMetadata(
    string? CameraMake, string? CameraModel, double? FocalLength, double? ApertureFNumber, int? IsoEquivalent, string? ExposureTime);

internal sealed record WireVideoMetadata(string? CameraMake, string? CameraModel, double? Fps, string? ProcessingStatus);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString)]
[JsonSerializable(typeof(WireNewPickingSession))]
[JsonSerializable(typeof(WirePickingSession))]
[JsonSerializable(typeof(WireNothingPicked))]
[JsonSerializable(typeof(WirePickedMediaItemPage))]
internal sealed partial class PickerJsonContext : JsonSerializerContext;
