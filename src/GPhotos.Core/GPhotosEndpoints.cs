using System.Text;
using GPhotos.Core.Uploads;

namespace GPhotos.Core;

/// <summary>Where the services are: Google's own hosts, or one host that plays them all (an emulator).</summary>
public sealed class GPhotosEndpoints
{
    /// <summary>The environment variable that names another endpoint.</summary>
    public const string EnvironmentVariable = "GPHOTOS_ENDPOINT";

    private GPhotosEndpoints(Uri root, Uri authorize, Uri token, Uri revoke, Uri tokenInfo, Uri storage, Uri picker) =>
        (Root, Authorize, Token, Revoke, TokenInfo, Storage, Picker) = (root, authorize, token, revoke, tokenInfo, storage, picker);

    /// <summary>Google's hosts.</summary>
    public static GPhotosEndpoints Google { get; } = new(
        new("https://photoslibrary.googleapis.com/"),
        new("https://accounts.google.com/o/oauth2/v2/auth"),
        new("https://oauth2.googleapis.com/token"),
        new("https://oauth2.googleapis.com/revoke"),
        new("https://oauth2.googleapis.com/tokeninfo"),
        new("https://storage.googleapis.com/"),
        new("https://photospicker.googleapis.com/"));

    /// <summary>The root of the Library API.</summary>
    public Uri Root { get; }

    /// <summary>The page where the user grants access.</summary>
    public Uri Authorize { get; }

    /// <summary>Codes and refresh tokens become access tokens here.</summary>
    public Uri Token { get; }

    /// <summary>Grants are withdrawn here.</summary>
    public Uri Revoke { get; }

    /// <summary>Says which scopes an access token carries.</summary>
    public Uri TokenInfo { get; }

    /// <summary>The root of Cloud Storage's JSON API, of calls and of uploads alike.</summary>
    public Uri Storage { get; }

    /// <summary>The root of the Picker API. One host that plays all of Google has it below picker/, since both APIs list at v1/mediaItems.</summary>
    public Uri Picker { get; }

    /// <summary>Whether these are Google's own hosts.</summary>
    internal bool IsGoogle => ReferenceEquals(this, Google);

    /// <summary>Every service on one host.</summary>
    /// <exception cref="InvalidRequestException">
    /// The address is not HTTPS and not on loopback: a token would travel in the open. Or it holds a user name, as addresses do that look like another host's.
    /// </exception>
    public static GPhotosEndpoints At(Uri root)
    {
        ArgumentNullException.ThrowIfNull(root);
        if (!root.IsAbsoluteUri || !IsSafe(root) || root.UserInfo.Length > 0)
        {
            throw new InvalidRequestException(
                $"'{WebAddress.Shown(root)}' cannot be an endpoint: it must be an https address, or http on this machine (127.0.0.1, localhost), without a user name.");
        }

        Uri folder = new(root.GetLeftPart(UriPartial.Authority) + "/");
        return folder == Google.Root
            ? Google
            : new(folder, new(folder, "o/oauth2/v2/auth"), new(folder, "token"), new(folder, "revoke"), new(folder, "tokeninfo"), folder, new(folder, "picker/"));
    }

    /// <summary>Whether a picture may be fetched from there, with the token where it was picked: Google's media hosts on the port of HTTPS, or the host of the API.</summary>
    internal bool IsMediaHost(Uri address) =>
        IsOn(Root, address)
        || (address.Scheme == Uri.UriSchemeHttps
            && address.IsDefaultPort
            // Other letters may look like a dot or a slash, and become one, or no name at all, on the way to the name server. Google's hosts have none.
            && Ascii.IsValid(address.Host)
            && address.Host.EndsWith(".googleusercontent.com", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an address is on the host of an API, port and scheme included.</summary>
    internal static bool IsOn(Uri api, Uri address) => address.Scheme == api.Scheme && address.Authority == api.Authority;

    private static bool IsSafe(Uri address) =>
        address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback);
}
