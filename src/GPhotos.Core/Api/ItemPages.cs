using System.Runtime.CompilerServices;

namespace GPhotos.Core.Api;

/// <summary>
/// Walks the pages of a listing of media items: what Google repeats at the seam of two pages comes once, empty pages are followed, and only a
/// missing page token ends it.
/// </summary>
internal static class ItemPages
{
    /// <summary>One page after the other, as they are read. A page may be empty.</summary>
    /// <param name="ask">Asks for the page of a token; null for the first.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="UnexpectedResponseException">The answer to a token is that same token: the listing would never end.</exception>
    public static async IAsyncEnumerable<IReadOnlyList<MediaItem>> WalkAsync(
        Func<string?, CancellationToken, Task<(IEnumerable<MediaItem> Items, string? NextPageToken)>> ask,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        HashSet<string> previousPage = [], thisPage = [];
        string? token = null;
        do
        {
            (IEnumerable<MediaItem> found, string? next) = await ask(token, cancellationToken).ConfigureAwait(false);
            List<MediaItem> items = [];
            foreach (MediaItem item in found)
            {
                if (thisPage.Add(item.Id) && !previousPage.Contains(item.Id))
                {
                    items.Add(item);
                }
            }

            yield return items;

            // An empty page is no seam: what came before it still counts.
            if (thisPage.Count > 0)
            {
                (previousPage, thisPage) = (thisPage, previousPage);
                thisPage.Clear();
            }

            if (!string.IsNullOrEmpty(next) && next == token)
            {
                throw new UnexpectedResponseException("The listing goes in a circle: Google answered a page token with that same token.");
            }

            token = next;
        }
        while (!string.IsNullOrEmpty(token));
    }
}
