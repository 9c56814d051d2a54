using System.Globalization;
using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>Revocation and tokeninfo: what can be done with a token one already has.</summary>
internal sealed class TokenAffairs(TokenStore tokens, TimeProvider clock)
{
    public async ValueTask<Reply> RevokeAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        string? token = form.TryGetValue("token", out var inForm) ? inForm[^1] : exchange.Query("token");
        if (string.IsNullOrEmpty(token))
        {
            return OAuthReply.Error("invalid_request", "Missing required parameter: token");
        }

        return tokens.Revoke(token) ? Reply.EmptyObject() : OAuthReply.Error("invalid_token", "Token expired or revoked");
    }

    public async ValueTask<Reply> TokenInfoAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        string? value = form.TryGetValue("access_token", out var inForm) ? inForm[^1] : exchange.Query("access_token");
        if (tokens.FindLive(value ?? "") is not AccessToken token)
        {
            return OAuthReply.Error("invalid_token", "Invalid Value");
        }

        TimeSpan left = token.Expires - clock.GetUtcNow();
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("azp", token.Grant.ClientId);
            json.WriteString("aud", token.Grant.ClientId);
            json.WriteString("scope", token.ScopeList);
            json.WriteString("exp", token.Expires.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
            json.WriteString("expires_in", ((long)left.TotalSeconds).ToString(CultureInfo.InvariantCulture));
            json.WriteString("access_type", "offline");
            json.WriteEndObject();
        });
    }
}
