using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>POST /emulator/tokens: tokens without a browser.</summary>
internal sealed class TokensEndpoint(TokenStore tokens, EmulatorOptions options)
{
    public async ValueTask<Reply> IssueAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("scopes", "expiresIn", "clientId");
        IReadOnlyList<string> scopes = request.Has("scopes")
            ? [.. request.Strings("scopes").Select(ScopeNames.Full)]
            : ScopeNames.Current;
        TimeSpan lifetime = request.Integer("expiresIn") is long seconds ? TimeSpan.FromSeconds(seconds) : options.AccessTokenLifetime;
        Grant grant = tokens.Add(request.String("clientId") ?? OAuthClient.Id, scopes);
        AccessToken token = tokens.Issue(grant, lifetime);
        return Reply.Json(json => OAuthReply.WriteToken(json, token, lifetime, withRefreshToken: true));
    }
}
