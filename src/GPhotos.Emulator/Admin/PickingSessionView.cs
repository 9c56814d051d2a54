using System.Text.Json;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Picker;

namespace GPhotos.Emulator.Admin;

/// <summary>A picking session as the admin calls show it: with what was picked, and after its end too.</summary>
internal static class PickingSessionView
{
    public static void Write(Utf8JsonWriter json, PickingSession session, Uri pickerUri, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("id", session.Id);
        json.WriteString("state", session.StateAt(now) switch
        {
            SessionState.Picking => "picking",
            SessionState.Picked => "picked",
            SessionState.Deleted => "deleted",
            _ => "expired",
        });
        json.WriteString("user", session.Owner.User);
        json.WriteString("project", session.Owner.Project);
        json.WriteString("pickerUri", pickerUri.AbsoluteUri);
        json.WriteString("requestId", session.RequestId);
        json.WriteNumber("maxItemCount", session.Maximum);
        json.WriteString("created", session.Created.UtcDateTime);
        json.WriteString("expireTime", session.Expires.UtcDateTime);
        json.WriteNumber("polls", session.Polls);
        json.WriteStartArray("pickedIds");
        foreach (MediaItem item in session.Picked)
        {
            json.WriteStringValue(item.Id);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
