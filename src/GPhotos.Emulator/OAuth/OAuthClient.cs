using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>The one OAuth client that is registered, as a Desktop app would be in a project's console.</summary>
internal static class OAuthClient
{
    public const string Id = "emulator-client";
    public const string Secret = "emulator-secret";
    public const string ProjectId = "emulator-project";

    /// <summary>A Desktop client may name any port and path, but only on loopback.</summary>
    public static bool MayRedirectTo(string? address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri)
        && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0;

    /// <summary>The credentials of a token request: from the Basic header when there is one, else from the form.</summary>
    public static (string? Id, string? Secret) Credentials(HttpRequest request, IFormCollection form)
    {
        if (AuthenticationHeaderValue.TryParse(request.Headers.Authorization, out AuthenticationHeaderValue? header)
            && header is { Scheme: "Basic", Parameter: not null })
        {
            Span<byte> decoded = new byte[header.Parameter.Length];
            if (Convert.TryFromBase64String(header.Parameter, decoded, out int length))
            {
                string[] pair = Encoding.UTF8.GetString(decoded[..length]).Split(':', 2);
                return (Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : null);
            }
        }

        return (form["client_id"], form["client_secret"]);
    }
}
