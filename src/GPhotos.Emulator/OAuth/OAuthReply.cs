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

    /// <summary>
    /// A refresh that the user has to prove for who it is
    /// (<see href="https://support.google.com/a/answer/9368756">Set session length for Google Cloud services</see>).
    /// </summary>
    public static Reply ReauthenticationNeeded() => Reply.Json(
        static json =>
        {
            json.WriteStartObject();
            json.WriteString("error", "invalid_grant");
            json.WriteString("error_description", "reauth related error (invalid_rapt)");
            json.WriteString("error_uri", "https://support.google.com/a/answer/9368756");
            json.WriteString("error_subtype", "invalid_rapt");
            json.WriteEndObject();
        },
        400);

    /// <summary>The tokens of a new grant.</summary>
    public static void WriteGrant(Utf8JsonWriter json, AccessToken token, TimeSpan lifetime, DateTimeOffset now)
    {
        json.WriteStartObject();
        json.WriteString("access_token", token.Value);
        json.WriteNumber("expires_in", (long)lifetime.TotalSeconds);
        json.WriteString("refresh_token", token.Grant.RefreshToken);
        json.WriteString("scope", token.ScopeList);
        json.WriteString("token_type", "Bearer");
        if (token.Grant.SecondsLeft(now) is long left)
        {
            json.WriteNumber("refresh_token_expires_in", left);
        }

        json.WriteEndObject();
    }

    /// <summary>What a refresh gives: Google does not rotate, so the refresh token stays the one the client already has.</summary>
    public static void WriteRefreshed(Utf8JsonWriter json, AccessToken token, TimeSpan lifetime)
    {
        json.WriteStartObject();
        json.WriteString("access_token", token.Value);
        json.WriteNumber("expires_in", (long)lifetime.TotalSeconds);
        json.WriteString("scope", token.ScopeList);
        json.WriteString("token_type", "Bearer");
        json.WriteEndObject();
    }
}
