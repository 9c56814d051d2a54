using System.Text.Json;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Admin;

/// <summary>An album as the admin calls show it: with its entries in order, enrichments too.</summary>
internal static class AlbumView
{
    public static void Write(Utf8JsonWriter json, Album album)
    {
        json.WriteStartObject();
        json.WriteString("id", album.Id);
        json.WriteString("title", album.Title);
        OwnerView.Write(json, album.Owner);
        json.WriteString("coverPhotoMediaItemId", album.Cover?.Id);
        json.WriteStartArray("mediaItemIds");
        foreach (MediaItem item in album.Items)
        {
            json.WriteStringValue(item.Id);
        }

        json.WriteEndArray();
        json.WriteStartArray("entries");
        foreach (AlbumEntry entry in album.Entries)
        {
            json.WriteStartObject();
            if (entry.Enrichment is Enrichment enrichment)
            {
                json.WritePropertyName("enrichment");
                Write(json, enrichment);
            }
            else
            {
                json.WriteString("mediaItemId", entry.Item!.Id);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Enrichment enrichment)
    {
        json.WriteStartObject();
        json.WriteString("id", enrichment.Id);
        if (enrichment.Text is not null)
        {
            json.WriteString("text", enrichment.Text);
        }

        Write(json, "location", enrichment.Location);
        Write(json, "origin", enrichment.Origin);
        Write(json, "destination", enrichment.Destination);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Place? place)
    {
        if (place is not null)
        {
            json.WriteStartObject(name);
            json.WriteString("name", place.Name);
            json.WriteNumber("latitude", place.Latitude);
            json.WriteNumber("longitude", place.Longitude);
            json.WriteEndObject();
        }
    }
}
