using GPhotos.Emulator.Hosting;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// Where the device flow begins (<see href="https://developers.google.com/identity/protocols/oauth2/limited-input-device">RFC 8628 at
/// Google</see>), and for every client of this emulator ends: Photos is not among what it can ask for, and the rest is for clients made for
/// TVs and other devices with limited input.
/// </summary>
internal static class DeviceEndpoint
{
    private static readonly string[] Allowed =
    [
        "email", "openid", "profile", ScopeNames.Prefix + "userinfo.email", ScopeNames.Prefix + "userinfo.profile",
        ScopeNames.Prefix + "drive.appdata", ScopeNames.Prefix + "drive.file", ScopeNames.Prefix + "youtube",
        ScopeNames.Prefix + "youtube.readonly",
    ];

    public static async ValueTask<Reply> BeginAsync(Exchange exchange)
    {
        IFormCollection form = await exchange.ReadFormAsync();
        IReadOnlyList<string> scopes = ScopeNames.Split(form["scope"]);
        string[] refused = [.. scopes.Except(Allowed)];
        return !OAuthClient.IsKnown(form["client_id"]) ? OAuthReply.Error("invalid_client", "The OAuth client was not found.", 401)
            : scopes.Count == 0 ? OAuthReply.Error("invalid_request", "Missing required parameter: scope")
            : refused.Length > 0 ? OAuthReply.Error("invalid_scope", $"Invalid device flow scope: {string.Join(' ', refused)}")
            : OAuthReply.Error("invalid_client", "Invalid client type.", 401);
    }
}
