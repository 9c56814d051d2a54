using System.Text.Json;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Picker;

/// <summary>Picked media items on the wire. Unlike the Library's, their width and height are numbers.</summary>
internal sealed class PickedMediaItemJson(BaseUrls baseUrls, PickerSettings settings, TimeProvider clock)
{
    public void Write(Utf8JsonWriter json, MediaItem item)
    {
        json.WriteStartObject();
        json.WriteString("id", item.PickerId);
        json.WriteString("createTime", item.CreationTime);
        json.WriteString("type", item.Facts.IsVideo ? "VIDEO" : "PHOTO");
        json.WriteStartObject("mediaFile");
        Span<byte> url = stackalloc byte[BaseUrls.MaximumLength];
        json.WriteString("baseUrl", url[..baseUrls.Write(url, item.Key)]);
        json.WriteString("mimeType", item.Facts.MimeType);
        WriteText(json, "filename", item.FileName);
        WriteMetadata(json, item);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private void WriteMetadata(Utf8JsonWriter json, MediaItem item)
    {
        MediaFacts facts = item.Facts;
        bool cameraInside = settings.Current.CameraInPhotoMetadata;
        json.WriteStartObject("mediaFileMetadata");
        WriteNumber(json, "width", facts.Width);
        WriteNumber(json, "height", facts.Height);
        WriteCamera(json, facts, here: !cameraInside);
        if (facts.IsVideo)
        {
            json.WriteStartObject("videoMetadata");
            WriteNumber(json, "fps", facts.FramesPerSecond);
            json.WriteString("processingStatus", item.VideoStatus(clock.GetUtcNow()));
            WriteCamera(json, facts, here: cameraInside);
            json.WriteEndObject();
        }
        else if (facts.TellsExposure || (cameraInside && facts.TellsCamera))
        {
            json.WriteStartObject("photoMetadata");
            WriteNumber(json, "focalLength", facts.FocalLength);
            WriteNumber(json, "apertureFNumber", facts.ApertureFNumber);
            WriteNumber(json, "isoEquivalent", facts.IsoEquivalent);
            WriteText(json, "exposureTime", facts.ExposureTime);
            WriteCamera(json, facts, here: cameraInside);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteCamera(Utf8JsonWriter json, MediaFacts facts, bool here)
    {
        WriteText(json, "cameraMake", here ? facts.CameraMake : null);
        WriteText(json, "cameraModel", here ? facts.CameraModel : null);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }
}
