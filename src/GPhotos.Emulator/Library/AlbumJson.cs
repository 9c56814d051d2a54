using System.Globalization;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Library;

/// <summary>Albums on the wire.</summary>
internal sealed class AlbumJson(BaseUrls baseUrls)
{
    public void Write(Utf8JsonWriter json, Album album)
    {
        json.WriteStartObject();
        json.WriteString("id", album.Id);
        json.WriteString("title", album.Title);
        json.WriteString("productUrl", $"https://photos.google.com/lr/album/{album.Id}");
        json.WriteBoolean("isWriteable", true);
        if (album.Cover is MediaItem cover)
        {
            Span<byte> url = stackalloc byte[BaseUrls.MaximumLength];
            json.WriteString("mediaItemsCount", album.Items.Count.ToString(CultureInfo.InvariantCulture));
            json.WriteString("coverPhotoBaseUrl", Encoding.ASCII.GetString(url[..baseUrls.Write(url, cover.Key)]));
            json.WriteString("coverPhotoMediaItemId", cover.Id);
        }

        json.WriteEndObject();
    }
}
