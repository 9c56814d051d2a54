using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>Turns codes, refresh tokens and what a service account signed into access tokens.</summary>
internal sealed class TokenEndpoint(TokenStore tokens, AuthorizationCodes codes, EmulatorOptions options, JwtBearerGrant serviceAccounts)
{
    public async ValueTask<Reply> ExchangeAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        if (form["grant_type"] == JwtBearerGrant.GrantType)
        {
            return serviceAccounts.Exchange(form);
        }

        (string? clientId, string? secret) = OAuthClient.Credentials(exchange.Request, form);
        if (clientId is null || !OAuthClient.IsKnown(clientId))
        {
            return OAuthReply.Error("invalid_client", "The OAuth client was not found.", 401);
        }

        if (string.IsNullOrEmpty(secret))
        {
            return OAuthReply.Error("invalid_request", "client_secret is missing.");
        }

        if (secret != OAuthClient.Secret)
        {
            return OAuthReply.Error("invalid_client", "Unauthorized", 401);
        }

        return (string?)form["grant_type"] switch
        {
            "authorization_code" => FromCode(clientId, form),
            "refresh_token" => FromRefreshToken(clientId, form),
            null or "" => OAuthReply.Error("invalid_request", "Required parameter is missing: grant_type"),
            string other => OAuthReply.Error("unsupported_grant_type", $"Invalid grant_type: {other}"),
        };
    }

    private Reply FromCode(string clientId, IFormCollection form)
    {
        string? code = form["code"];
        if (string.IsNullOrEmpty(code))
        {
            return OAuthReply.Error("invalid_request", "Missing required parameter: code");
        }

        if (!code.Contains('/', StringComparison.Ordinal))
        {
            return OAuthReply.Error("invalid_grant", "Malformed auth code.");
        }

        AuthorizationCode? known = codes.Take(code);
        if (known is null || known.ClientId != clientId)
        {
            return OAuthReply.Error("invalid_grant", "Bad Request");
        }

        if (known.RedirectUri != form["redirect_uri"])
        {
            return OAuthReply.Error("redirect_uri_mismatch", "Bad Request");
        }

        string? verifier = form["code_verifier"];
        if (known.Challenge is not null && string.IsNullOrEmpty(verifier))
        {
            return OAuthReply.Error("invalid_grant", "Missing code verifier.");
        }

        if (known.Challenge is not null && !known.IsProvedBy(verifier!))
        {
            return OAuthReply.Error("invalid_grant", "Invalid code verifier.");
        }

        return Answer(tokens.Add(clientId, known.User, known.Scopes), withRefreshToken: true);
    }

    private Reply FromRefreshToken(string clientId, IFormCollection form)
    {
        string? refreshToken = form["refresh_token"];
        if (string.IsNullOrEmpty(refreshToken))
        {
            return OAuthReply.Error("invalid_request", "Missing required parameter: refresh_token");
        }

        if (tokens.FindGrant(refreshToken) is not Grant grant)
        {
            return OAuthReply.Error("invalid_grant", "Token has been expired or revoked.");
        }

        // Google does not rotate: the refresh token stays the one the client already has.
        return grant.ClientId == clientId ? Answer(grant, withRefreshToken: false) : OAuthReply.Error("invalid_grant", "Bad Request");
    }

    private Reply Answer(Grant grant, bool withRefreshToken)
    {
        AccessToken token = tokens.Issue(grant);
        return Reply.Json(json => OAuthReply.WriteToken(json, token, options.AccessTokenLifetime, withRefreshToken));
    }
}
