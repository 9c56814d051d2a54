using System.Text.Json;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Library;

/// <summary>Media items on the wire: 64-bit numbers as strings, defaults left out.</summary>
internal sealed class MediaItemJson(BaseUrls baseUrls, TimeProvider clock)
{
    /// <summary>Writes an item as every method but batchCreate gives it.</summary>
    public void Write(Utf8JsonWriter json, MediaItem item) => Write(json, item, withBaseUrl: true);

    /// <summary>Writes an item as batchCreate gives it.</summary>
    public void WriteWithoutBaseUrl(Utf8JsonWriter json, MediaItem item) => Write(json, item, withBaseUrl: false);

    private void Write(Utf8JsonWriter json, MediaItem item, bool withBaseUrl)
    {
        json.WriteStartObject();
        json.WriteString("id"u8, item.Id);
        if (!string.IsNullOrEmpty(item.Description))
        {
            json.WriteString("description"u8, item.Description);
        }

        json.WriteString("productUrl"u8, $"https://photos.google.com/lr/photo/{item.Id}");
        if (withBaseUrl)
        {
            Span<byte> url = stackalloc byte[BaseUrls.MaximumLength];
            json.WriteString("baseUrl"u8, url[..baseUrls.Write(url, item.Key)]);
        }

        json.WriteString("mimeType"u8, item.Facts.MimeType);
        json.WriteStartObject("mediaMetadata"u8);
        json.WriteString("creationTime"u8, item.CreationTime);
        WriteInt64(json, "width"u8, item.Facts.Width);
        WriteInt64(json, "height"u8, item.Facts.Height);
        WriteCamera(json, item);
        json.WriteEndObject();
        if (item.FileName.Length > 0)
        {
            json.WriteString("filename"u8, item.FileName);
        }

        json.WriteEndObject();
    }

    private void WriteCamera(Utf8JsonWriter json, MediaItem item)
    {
        MediaFacts facts = item.Facts;
        json.WriteStartObject(facts.IsVideo ? "video"u8 : "photo"u8);
        if (facts.CameraMake is not null)
        {
            json.WriteString("cameraMake"u8, facts.CameraMake);
        }

        if (facts.CameraModel is not null)
        {
            json.WriteString("cameraModel"u8, facts.CameraModel);
        }

        if (facts.IsVideo)
        {
            WriteNumber(json, "fps"u8, facts.FramesPerSecond);
            json.WriteString("status"u8, item.VideoStatus(clock.GetUtcNow()));
        }
        else
        {
            WriteNumber(json, "focalLength"u8, facts.FocalLength);
            WriteNumber(json, "apertureFNumber"u8, facts.ApertureFNumber);
            WriteNumber(json, "isoEquivalent"u8, facts.IsoEquivalent);
            if (facts.ExposureTime is not null)
            {
                json.WriteString("exposureTime"u8, facts.ExposureTime);
            }
        }

        json.WriteEndObject();
    }

    private static void WriteInt64(Utf8JsonWriter json, ReadOnlySpan<byte> name, long value)
    {
        if (value != 0)
        {
            Span<byte> digits = stackalloc byte[20];
            value.TryFormat(digits, out int length, default, null);
            json.WriteString(name, digits[..length]);
        }
    }

    private static void WriteNumber(Utf8JsonWriter json, ReadOnlySpan<byte> name, double value)
    {
        if (value != 0)
        {
            json.WriteNumber(name, value);
        }
    }
}
