using System.Text.Json;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>A grant as the admin calls show it: without its tokens, and after its end too.</summary>
internal static class GrantView
{
    public static void Write(Utf8JsonWriter json, Grant grant)
    {
        json.WriteStartObject();
        json.WriteString("user", grant.User);
        json.WriteString("clientId", grant.ClientId);
        json.WriteString("project", grant.Caller.Project);
        json.WriteStartArray("scopes");
        foreach (string scope in grant.Scopes)
        {
            json.WriteStringValue(scope);
        }

        json.WriteEndArray();
        json.WriteString("grantedAt", WireTime.Timestamp(grant.GrantedAt));
        json.WriteString("lastUsedAt", WireTime.Timestamp(grant.LastUsedAt));
        json.WriteString("expiresAt", grant.ExpiresAt is DateTimeOffset end ? WireTime.Timestamp(end) : null);
        json.WriteBoolean("live", grant.Ended is null);
        json.WriteString("ended", grant.Ended is GrantEnd how ? JsonNamingPolicy.CamelCase.ConvertName($"{how}") : null);
        json.WriteEndObject();
    }
}
