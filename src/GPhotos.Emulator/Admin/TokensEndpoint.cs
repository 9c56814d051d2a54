using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>POST /emulator/tokens: tokens without a browser.</summary>
internal sealed class TokensEndpoint(TokenStore tokens, EmulatorOptions options)
{
    public async ValueTask<Reply> IssueAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("scopes", "expiresIn", "clientId", "project", "user");
        IReadOnlyList<string> scopes = request.Has("scopes")
            ? [.. request.Strings("scopes").Select(ScopeNames.Full)]
            : ScopeNames.Current;
        TimeSpan lifetime = request.Integer("expiresIn") is long seconds ? TimeSpan.FromSeconds(seconds) : options.AccessTokenLifetime;
        string clientId = request.String("clientId") ?? OAuthClient.OfProject(request.String("project"));
        Grant grant = tokens.Add(clientId, request.String("user") ?? Caller.DefaultUser, scopes);
        AccessToken token = tokens.Issue(grant, lifetime);
        return Reply.Json(json => OAuthReply.WriteToken(json, token, lifetime, withRefreshToken: true));
    }
}
