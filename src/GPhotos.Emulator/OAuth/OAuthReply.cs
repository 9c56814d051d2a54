using System.Text.Json;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.OAuth;

/// <summary>The JSON that the token, revocation and tokeninfo endpoints answer.</summary>
internal static class OAuthReply
{
    public static Reply Error(string error, string description, int status = 400) => Reply.Json(
        json =>
        {
            json.WriteStartObject();
            json.WriteString("error", error);
            json.WriteString("error_description", description);
            json.WriteEndObject();
        },
        status);

    public static void WriteToken(Utf8JsonWriter json, AccessToken token, TimeSpan lifetime, bool withRefreshToken)
    {
        json.WriteStartObject();
        json.WriteString("access_token", token.Value);
        json.WriteNumber("expires_in", (long)lifetime.TotalSeconds);
        if (withRefreshToken)
        {
            json.WriteString("refresh_token", token.Grant.RefreshToken);
        }

        json.WriteString("scope", token.Grant.ScopeList);
        json.WriteString("token_type", "Bearer");
        json.WriteEndObject();
    }
}
