using System.Net.Http.Headers;
using System.Text;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.OAuth;

/// <summary>
/// The OAuth clients that are registered, as Desktop apps would be in a project's console: one, and one more for every other project,
/// whose client id is that one's with a dash and the project's name behind. Each project has any number of further clients: a dot and a
/// name stand behind their ids.
/// </summary>
internal static class OAuthClient
{
    public const string Id = "emulator-client";
    public const string Secret = "emulator-secret";
    public const string ProjectId = "emulator-project";

    private const string OtherPrefix = Id + "-";

    public static bool IsKnown(string? clientId) => clientId is not null && ProjectOf(clientId) != clientId;

    /// <summary>A client of a project; the first project's first when none is named.</summary>
    public static string OfProject(string? project, string? name = null) =>
        (project is null or ProjectId ? Id : OtherPrefix + project) + (name is null ? "" : "." + name);

    /// <summary>The project of a client; of one that is not registered its own id, as though it were one.</summary>
    public static string ProjectOf(string clientId)
    {
        string first = clientId.Split('.', 2)[0];
        return first == Id ? ProjectId : first.StartsWith(OtherPrefix, StringComparison.Ordinal) ? first[OtherPrefix.Length..] : clientId;
    }

    /// <summary>
    /// The redirects that left the code on a page for the user to copy
    /// (<see href="https://developers.google.com/identity/protocols/oauth2/resources/oob-migration">OOB migration guide</see>).
    /// </summary>
    public static bool IsOutOfBand(string? address) => address is "urn:ietf:wg:oauth:2.0:oob" or "urn:ietf:wg:oauth:2.0:oob:auto" or "oob";

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
