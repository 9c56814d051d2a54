using System.Buffers.Text;
using System.Text;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The parameters that listings have in common.</summary>
internal static class ListRequest
{
    private const int LargestPage = 1000;

    /// <summary>How many entries a page may have: what was asked for, and never more than 1,000.</summary>
    public static int MaxResults(Exchange exchange) => exchange.QueryInteger("maxResults") switch
    {
        null => LargestPage,
        <= 0 => throw StorageErrors.Invalid("Invalid value for: maxResults"),
        long asked => (int)Math.Min(asked, LargestPage),
    };

    /// <summary>The entry that the page before ended with; nothing for the first page.</summary>
    public static string PageToken(Exchange exchange)
    {
        string token = exchange.Query("pageToken") ?? "";
        return Base64Url.IsValid(token)
            ? Encoding.UTF8.GetString(Base64Url.DecodeFromChars(token))
            : throw StorageErrors.Invalid("Invalid value for: pageToken");
    }

    public static string TokenFor(string lastEntry) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(lastEntry));
}
