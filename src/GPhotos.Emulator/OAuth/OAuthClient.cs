using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// The OAuth clients that are registered, as Desktop apps would be in a project's console: one, and one more for every other project,
/// whose client id is that one's with a dash and the project's name behind.
/// </summary>
internal static class OAuthClient
{
    public const string Id = "emulator-client";
    public const string Secret = "emulator-secret";
    public const string ProjectId = "emulator-project";

    private const string OtherPrefix = Id + "-";

    public static bool IsKnown(string? clientId) => clientId == Id || clientId?.StartsWith(OtherPrefix, StringComparison.Ordinal) == true;

    /// <summary>The client of a project; the first project's when none is named.</summary>
    public static string OfProject(string? project) => project is null or ProjectId ? Id : OtherPrefix + project;

    public static string ProjectOf(string clientId) =>
        clientId == Id ? ProjectId : clientId.StartsWith(OtherPrefix, StringComparison.Ordinal) ? clientId[OtherPrefix.Length..] : clientId;

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
