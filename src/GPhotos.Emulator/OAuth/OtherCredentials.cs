using System.Security.Cryptography;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.OAuth;

/// <summary>Credentials that are no OAuth client, and that people take for one.</summary>
internal sealed class OtherCredentials(EmulatorState state)
{
    private const string KeyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private static readonly string[] GcloudScopes =
        ["openid", ScopeNames.Prefix + "userinfo.email", ScopeNames.Prefix + "cloud-platform", ScopeNames.Prefix + "sqlservice.login"];

    /// <summary>
    /// What <c>gcloud auth application-default login</c> leaves behind
    /// (<see href="https://cloud.google.com/docs/authentication/application-default-credentials">Application Default Credentials</see>): a
    /// user's refresh token, of a grant that is made for it and has no scope of Photos.
    /// </summary>
    public ValueTask<Reply> AuthorizedUserAsync(Exchange exchange)
    {
        Grant grant = state.Grants.Add(OAuthClient.Id, Caller.DefaultUser, GcloudScopes);
        return ValueTask.FromResult(Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteString("account", "");
            json.WriteString("client_id", grant.ClientId);
            json.WriteString("client_secret", OAuthClient.Secret);
            json.WriteString("quota_project_id", OAuthClient.ProjectId);
            json.WriteString("refresh_token", grant.RefreshToken);
            json.WriteString("type", "authorized_user");
            json.WriteString("universe_domain", "googleapis.com");
            json.WriteEndObject();
        }));
    }

    /// <summary>An API key, as one is copied from the console. It is made up anew each time, so that no scanner finds one written down.</summary>
    public static ValueTask<Reply> ApiKeyAsync(Exchange exchange) =>
        ValueTask.FromResult(Reply.Text($"AIza{RandomNumberGenerator.GetString(KeyCharacters, 35)}\n"));
}
