using System.Text.Json;
using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Admin;

/// <summary>A media item as the admin calls show it: with what Google never tells, such as the hash of the bytes.</summary>
internal static class ItemView
{
    public static void Write(Utf8JsonWriter json, MediaItem item, IEnumerable<string> albumIds)
    {
        json.WriteStartObject();
        json.WriteString("id", item.Id);
        json.WriteString("pickerId", item.PickerId);
        json.WriteString("fileName", item.FileName);
        json.WriteString("mimeType", item.Facts.MimeType);
        json.WriteString("sha256", item.Content.Sha256());
        json.WriteNumber("size", item.Content.Open().Length);
        json.WriteString("creationTime", item.CreationTime);
        json.WriteString("description", item.Description);
        OwnerView.Write(json, item.Owner);
        json.WriteBoolean("favorite", item.IsFavorite);
        json.WriteBoolean("archived", item.IsArchived);
        json.WriteStartArray("albumIds");
        foreach (string id in albumIds)
        {
            json.WriteStringValue(id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
