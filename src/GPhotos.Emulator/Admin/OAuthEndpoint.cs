using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/oauth: who may consent and for how long, what was granted, and how it ends. No token is shown.</summary>
internal sealed class OAuthEndpoint(EmulatorState state)
{
    public ValueTask<Reply> ShowAsync(Exchange exchange) => ValueTask.FromResult(Show());

    /// <summary>Changes the rules that are named and leaves the others.</summary>
    public async ValueTask<Reply> SetAsync(Exchange exchange)
    {
        state.OAuth.Current = OAuthRulesJson.Read(await exchange.ReadJsonAsync(), state.OAuth.Current);
        return Show();
    }

    /// <summary>Lets happen what ends grants, or is thought to.</summary>
    public async ValueTask<Reply> EndAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("how", "user", "clientId");
        string user = request.String("user") ?? Caller.DefaultUser;
        string clientId = request.String("clientId") ?? OAuthClient.Id;
        if (!OAuthClient.IsKnown(clientId))
        {
            throw GoogleError.InvalidArgument($"No client is called {clientId}.");
        }

        int ended = request.String("how") switch
        {
            // The account's page lists apps, and the clients of one project are one app.
            "removed" => state.Tokens.End(grant => grant.Caller == new Caller(user, OAuthClient.ProjectOf(clientId)), GrantEnd.Removed),
            "accountDisabled" => DisableAccount(user),
            "clientDeleted" => EndClient(clientId, ClientRefusal.Deleted, GrantEnd.ClientDeleted),
            "clientDisabled" => EndClient(clientId, ClientRefusal.Disabled, GrantEnd.ClientDisabled),

            // The access tokens there are go on to their own end: only the next refresh asks for proof.
            "rapt" => state.Grants.End(grant => grant.User == user && grant.ClientId == clientId, GrantEnd.Rapt),

            // Of all scopes only those of Gmail mind a new password.
            "passwordChanged" => 0,
            _ => throw GoogleError.InvalidArgument(
                "how must be removed, accountDisabled, clientDeleted, clientDisabled, rapt or passwordChanged."),
        };
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteNumber("ended", ended);
            json.WriteEndObject();
        });
    }

    private int DisableAccount(string user)
    {
        state.Accounts.Disable(user);
        return state.Tokens.End(grant => grant.User == user, GrantEnd.AccountDisabled);
    }

    private int EndClient(string clientId, ClientRefusal refusal, GrantEnd how)
    {
        state.Accounts.Refuse(clientId, refusal);
        return state.Tokens.End(grant => grant.ClientId == clientId, how);
    }

    private Reply Show()
    {
        OAuthRules rules = state.OAuth.Current;
        IReadOnlyList<Grant> grants = state.Grants.Snapshot();
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            OAuthRulesJson.Write(json, rules);
            json.WriteStartArray("grants");
            foreach (Grant grant in grants)
            {
                GrantView.Write(json, grant);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        });
    }
}
