using System.Security.Cryptography;
using System.Text;

namespace GPhotos.Core.Uploads;

/// <summary>Which addresses of the web are fetched, and how they are called.</summary>
/// <remarks>
/// <para>https to any host. http to this machine only (127.0.0.0/8, [::1], localhost): on any other way the picture could be read and changed.
/// No user name or password in the address. A redirect is followed under the same rules, and never from https to http, not even to this
/// machine.</para>
/// <para>https reaches hosts of the private network too: who names the address is who runs the command. A redirect can lead there as
/// well; what it can fetch is a picture, sent to the user's own library.</para>
/// </remarks>
internal static class WebAddress
{
    /// <summary>Why an address is not fetched, to be read after "it"; null when it is.</summary>
    /// <param name="from">The address that led there, or null.</param>
    /// <param name="address">The address.</param>
    public static string? Complaint(Uri? from, Uri address)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp) || address.Host.Length == 0)
        {
            return "is not an https address";
        }

        if (address.UserInfo.Length > 0)
        {
            return "holds a user name or password, which are not sent";
        }

        if (address.Scheme == Uri.UriSchemeHttps)
        {
            return null;
        }

        return from is not null && from.Scheme == Uri.UriSchemeHttps
            ? "is http, and an https address led there"
            : address.IsLoopback ? null : "is http, which is taken from this machine only; use https";
    }

    /// <summary>The address as messages, results and names may show it: without user, query and fragment, which may be secrets.</summary>
    public static string Shown(Uri address)
    {
        ArgumentNullException.ThrowIfNull(address);
        if (address.IsAbsoluteUri && address.Host.Length > 0)
        {
            return address.GetComponents(UriComponents.Scheme | UriComponents.Host | UriComponents.Port | UriComponents.Path, UriFormat.UriEscaped);
        }

        if (address.IsAbsoluteUri)
        {
            return address.Scheme + ":";
        }

        string text = address.OriginalString.Split('?', '#')[0];
        return text[(text.LastIndexOf('@') + 1)..];
    }

    /// <summary>The address for the journal: as shown, and where it has a query a hash of the whole in its place.</summary>
    public static string Key(Uri address) => address.Query.Length == 0
        ? Shown(address)
        : $"{Shown(address)}#{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            address.GetComponents(UriComponents.HttpRequestUrl, UriFormat.UriEscaped))))}";
}
