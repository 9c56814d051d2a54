using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>POST /emulator/tokens: tokens without a browser, under the rules that consent has with one.</summary>
internal sealed class TokensEndpoint(EmulatorState state)
{
    public async ValueTask<Reply> IssueAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("scopes", "expiresIn", "clientId", "project", "user", "grantedAt");
        IReadOnlyList<string> scopes = request.Has("scopes")
            ? [.. request.Strings("scopes").Select(ScopeNames.Full)]
            : ScopeNames.Current;
        TimeSpan lifetime = request.Integer("expiresIn") is long seconds ? TimeSpan.FromSeconds(seconds) : state.Options.AccessTokenLifetime;
        string clientId = request.String("clientId") ?? OAuthClient.OfProject(request.String("project"));
        string user = request.String("user") ?? Caller.DefaultUser;
        DateTimeOffset now = state.Clock.GetUtcNow();
        DateTimeOffset? grantedAt = request.Time("grantedAt");
        if (grantedAt > now)
        {
            throw GoogleError.InvalidArgument("grantedAt must not lie ahead.");
        }

        if (state.ConsentRules.Refusal(clientId, user) is ConsentRefusal refusal)
        {
            return OAuthReply.Error(refusal.Code, refusal.Says, refusal.Status);
        }

        AccessToken token = state.Tokens.Issue(state.Grants.Add(clientId, user, scopes, grantedAt), lifetime);
        return Reply.Json(json => OAuthReply.WriteGrant(json, token, lifetime, now));
    }
}
