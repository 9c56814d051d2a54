using System.Globalization;
using System.Text.Json;
using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>Revocation and tokeninfo: what can be done with a token one already has.</summary>
internal sealed class TokenAffairs(TokenStore tokens, TimeProvider clock)
{
    public async ValueTask<Reply> RevokeAsync(Exchange exchange)
    {
        string? token = await FieldAsync(exchange, "token");
        return string.IsNullOrEmpty(token) ? OAuthReply.Error("invalid_request", "Missing required parameter: token")
            : tokens.Revoke(token) ? Reply.EmptyObject()
            : OAuthReply.Error("invalid_token", "Token expired or revoked");
    }

    public async ValueTask<Reply> TokenInfoAsync(Exchange exchange) =>
        await FindAsync(exchange) is AccessToken token ? Tell(token) : OAuthReply.Error("invalid_token", "Invalid Value");

    /// <summary>The later version of it, whose refusal has no code.</summary>
    public async ValueTask<Reply> TokenInfoV3Async(Exchange exchange) => await FindAsync(exchange) is AccessToken token ? Tell(token) : Reply.Json(
        static json =>
        {
            json.WriteStartObject();
            json.WriteString("error_description", "Invalid Value");
            json.WriteEndObject();
        },
        400);

    private async ValueTask<AccessToken?> FindAsync(Exchange exchange) => tokens.FindLive(await FieldAsync(exchange, "access_token") ?? "");

    /// <summary>A field of the form, or of the query where the form has none.</summary>
    private static async ValueTask<string?> FieldAsync(Exchange exchange, string name)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        return form.TryGetValue(name, out var inForm) ? inForm[^1] : exchange.Query(name);
    }

    private Reply Tell(AccessToken token) => Reply.Json(json =>
    {
        TimeSpan left = token.Expires - clock.GetUtcNow();
        json.WriteStartObject();
        json.WriteString("azp", token.Grant.ClientId);
        json.WriteString("aud", token.Grant.ClientId);
        WriteIdentity(json, token);
        json.WriteString("scope", token.ScopeList);
        json.WriteString("exp", token.Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        json.WriteString("expires_in", ((long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        json.WriteString("access_type", "offline");
        json.WriteEndObject();
    });

    private static void WriteIdentity(Utf8JsonWriter json, AccessToken token)
    {
        if (UserIdentity.Subject(token.Grant.User, token.ScopeNames) is string subject)
        {
            json.WriteString("sub", subject);
        }

        if (UserIdentity.Email(token.Grant.User, token.ScopeNames) is string email)
        {
            json.WriteString("email", email);
            json.WriteString("email_verified", "true");
        }
    }
}
