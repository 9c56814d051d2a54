using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// Turns a token that the service account signed into an access token (RFC 7523). There is no refresh token: the next is asked
/// for in the same way.
/// </summary>
internal sealed class JwtBearerGrant(EmulatorState state)
{
    public const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static readonly TimeSpan LongestLife = TimeSpan.FromHours(1);

    // How far clocks may be apart is not documented.
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    // Google's own Python library names the first of these whatever endpoint the key file has.
    private static readonly string[] GoogleAudiences =
        ["https://oauth2.googleapis.com/token", "https://www.googleapis.com/oauth2/v4/token", "https://accounts.google.com/o/oauth2/token"];

    public Reply Exchange(IFormCollection form)
    {
        string? assertion = form["assertion"];
        if (string.IsNullOrEmpty(assertion))
        {
            return OAuthReply.Error("invalid_request", "Missing required parameter: assertion");
        }

        string[] parts = assertion.Split('.');
        if (parts.Length != 3 || Decode(parts[0]) is not JsonElement head || Decode(parts[1]) is not JsonElement claims
            || !Base64Url.IsValid(parts[2]))
        {
            return OAuthReply.Error("invalid_grant", "Bad Request");
        }

        if (Text(claims, "iss") != ServiceAccount.Email)
        {
            return OAuthReply.Error("invalid_grant", "Invalid grant: account not found");
        }

        bool signed = Text(head, "alg") == "RS256" && (Text(head, "kid") ?? state.ServiceAccount.KeyId) == state.ServiceAccount.KeyId
            && state.ServiceAccount.HasSigned(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]));
        if (!signed)
        {
            return OAuthReply.Error("invalid_grant", "Invalid JWT Signature.");
        }

        string? audience = Text(claims, "aud");
        if (audience != new Uri(state.Address, "/token").AbsoluteUri && !GoogleAudiences.Contains(audience))
        {
            return OAuthReply.Error("invalid_grant", "Invalid JWT: Failed audience check.");
        }

        if (!IsTimely(claims))
        {
            return OAuthReply.Error(
                "invalid_grant",
                "Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. "
                + "Check your iat and exp values in the JWT claim.");
        }

        if (Text(claims, "sub") is string subject && subject != ServiceAccount.Email)
        {
            return OAuthReply.Error(
                "unauthorized_client",
                "Client is unauthorized to retrieve access tokens using this method, or client not authorized for any of the scopes requested.",
                401);
        }

        IReadOnlyList<string> scopes = ScopeNames.Split(Text(claims, "scope"));
        return scopes.Count == 0 || !scopes.All(ScopeNames.IsKnown)
            ? OAuthReply.Error("invalid_scope", "Invalid OAuth scope or ID token audience provided.")
            : Answer(state.Tokens.Issue(Granted(scopes)));
    }

    /// <summary>A grant that no user made: it has no refresh token, and is not among those that end.</summary>
    private Grant Granted(IReadOnlyList<string> scopes) =>
        new(ServiceAccount.ClientId, ServiceAccount.Email, scopes, RefreshToken: "", state.Clock.GetUtcNow());

    private bool IsTimely(JsonElement claims)
    {
        if (Seconds(claims, "iat") is not long issued || Seconds(claims, "exp") is not long expires)
        {
            return false;
        }

        long now = state.Clock.GetUtcNow().ToUnixTimeSeconds();
        long skew = (long)Skew.TotalSeconds;
        return issued <= now + skew && expires > now - skew && expires > issued && expires - issued <= (long)LongestLife.TotalSeconds;
    }

    private Reply Answer(AccessToken token) => Reply.Json(json =>
    {
        json.WriteStartObject();
        json.WriteString("access_token", token.Value);
        json.WriteNumber("expires_in", (long)state.Options.AccessTokenLifetime.TotalSeconds);
        json.WriteString("token_type", "Bearer");
        json.WriteEndObject();
    });

    private static JsonElement? Decode(string part)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(Base64Url.DecodeFromChars(part));
            return document.RootElement.ValueKind == JsonValueKind.Object ? document.RootElement.Clone() : null;
        }
        catch (Exception malformed) when (malformed is FormatException or JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static long? Seconds(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number)
            ? number
            : null;
}
