using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>Turns codes, refresh tokens and what a service account signed into access tokens.</summary>
internal sealed class TokenEndpoint(EmulatorState state)
{
    private readonly JwtBearerGrant _serviceAccounts = new(state);

    public async ValueTask<Reply> ExchangeAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        string? grantType = form["grant_type"];
        if (!string.IsNullOrEmpty(grantType))
        {
            state.Statistics.AddGrant(grantType);
        }

        if (grantType == JwtBearerGrant.GrantType)
        {
            return _serviceAccounts.Exchange(form);
        }

        (string? clientId, string? secret) = OAuthClient.Credentials(exchange.Request, form);
        return RefuseClient(clientId, secret) ?? grantType switch
        {
            "authorization_code" => FromCode(clientId!, form),
            "refresh_token" => FromRefreshToken(clientId!, form),
            null or "" => OAuthReply.Error("invalid_request", "Required parameter is missing: grant_type"),
            string other => OAuthReply.Error("unsupported_grant_type", $"Invalid grant_type: {other}"),
        };
    }

    private Reply? RefuseClient(string? clientId, string? secret) =>
        clientId is null || !OAuthClient.IsKnown(clientId) ? OAuthReply.Error("invalid_client", "The OAuth client was not found.", 401)
        : state.Accounts.RefusalOf(clientId) is ClientRefusal refusal ? OAuthReply.Error(refusal.Code, refusal.Says, 401)
        : string.IsNullOrEmpty(secret) ? OAuthReply.Error("invalid_request", "client_secret is missing.")
        : secret != OAuthClient.Secret ? OAuthReply.Error("invalid_client", "Unauthorized", 401)
        : null;

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

        AuthorizationCode? known = state.Codes.Take(code);
        if (known is null || known.ClientId != clientId || state.Accounts.IsDisabled(known.User))
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

        if (known.Challenge is null && !string.IsNullOrEmpty(verifier))
        {
            return OAuthReply.Error("invalid_grant", "code_verifier or verifier is not needed");
        }

        return RefuseRestricted() ?? Answer(state.Tokens.Issue(state.Grants.Add(clientId, known.User, known.Scopes)));
    }

    private Reply FromRefreshToken(string clientId, IFormCollection form)
    {
        string? refreshToken = form["refresh_token"];
        if (string.IsNullOrEmpty(refreshToken))
        {
            return OAuthReply.Error("invalid_request", "Missing required parameter: refresh_token");
        }

        if (state.Grants.Find(refreshToken) is not Grant grant)
        {
            return OAuthReply.Error("invalid_grant", "Token has been expired or revoked.");
        }

        if (grant.ClientId != clientId)
        {
            return OAuthReply.Error("invalid_grant", "Bad Request");
        }

        // Fewer scopes than granted can be asked for (RFC 6749, section 6), but not others.
        IReadOnlyList<string> asked = ScopeNames.Split(form["scope"]);
        return RefuseEnded(grant) ?? RefuseRestricted()
            ?? (asked.Except(grant.Scopes).Any() ? OAuthReply.Error("invalid_scope", "Bad Request") : Refresh(grant, asked));
    }

    private Reply Refresh(Grant grant, IReadOnlyList<string> asked)
    {
        Grant used = state.Grants.Use(grant);
        if (RefuseEnded(used) is Reply refusal)
        {
            return refusal;
        }

        AccessToken token = state.Tokens.Issue(used, scopes: asked.Count == 0 ? used.Scopes : asked);
        return Reply.Json(json => OAuthReply.WriteRefreshed(json, token, state.Options.AccessTokenLifetime));
    }

    private Reply Answer(AccessToken token) =>
        Reply.Json(json => OAuthReply.WriteGrant(json, token, state.Options.AccessTokenLifetime, state.Clock.GetUtcNow()));

    private static Reply? RefuseEnded(Grant grant) => grant.Ended switch
    {
        null => null,
        GrantEnd.Rapt => OAuthReply.ReauthenticationNeeded(),
        _ => OAuthReply.Error("invalid_grant", "Token has been expired or revoked."),
    };

    private Reply? RefuseRestricted() =>
        state.OAuth.Current.Restricted is OAuthRestriction restriction ? OAuthReply.Error(restriction.Code, restriction.Says) : null;
}
