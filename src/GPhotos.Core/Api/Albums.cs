using System.Runtime.CompilerServices;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Api;

/// <summary>Creates, gets, lists and changes albums. Only those this app created are seen.</summary>
/// <remarks>See https://developers.google.com/photos/library/reference/rest/v1/albums.</remarks>
public sealed partial class Albums
{
    /// <summary>The longest title Google takes, in characters.</summary>
    public const int MaxTitleLength = 500;

    private const int PageSize = 50;

    private static readonly CallTraits CreateTraits = new("albums.create", Repeatable: false, IsWrite: true);

    private readonly LibraryCaller _caller;
    private readonly RetryPolicy _retry;
    private readonly AlbumItems _items;
    private readonly Lazy<SendJournal> _journal;

    internal Albums(LibraryCaller caller, RetryPolicy retry, AlbumItems items, Lazy<SendJournal> journal) =>
        (_caller, _retry, _items, _journal) = (caller, retry, items, journal);

    /// <summary>Lists albums page by page.</summary>
    public async IAsyncEnumerable<Album> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        HashSet<string> seen = [];
        string? token = null;
        do
        {
            string page = token is null ? "" : "&pageToken=" + Uri.EscapeDataString(token);
            WireAlbumPage reply = await _caller.GetAsync(
                new("albums.list"), Context("Listing albums", GPhotosScopes.ReadAppCreatedData), $"v1/albums?pageSize={PageSize}{page}",
                WireJsonContext.Default.WireAlbumPage, cancellationToken).ConfigureAwait(false);
            foreach (WireAlbum wire in reply.Albums ?? [])
            {
                Album album = wire.ToModel();
                if (seen.Add(album.Id))
                {
                    yield return album;
                }
            }

            token = reply.NextPageToken;
        }
        while (!string.IsNullOrEmpty(token));
    }

    /// <summary>Gets one album.</summary>
    /// <exception cref="AlbumNotFoundException">Google knows no such album, or shows it to another app only.</exception>
    public async Task<Album> GetAsync(string id, CancellationToken cancellationToken = default)
    {
        CallContext context = Context($"Album '{id}'", GPhotosScopes.ReadAppCreatedData) with { AlbumId = id };
        WireAlbum wire = await _caller.GetAsync(
            new("albums.get"), context, "v1/albums/" + Uri.EscapeDataString(id), WireJsonContext.Default.WireAlbum, cancellationToken)
            .ConfigureAwait(false);
        return wire.ToModel();
    }

    /// <summary>Creates an album. Titles are not unique at Google: creating twice makes two.</summary>
    /// <remarks>When the answer is lost the albums are listed before another is created.</remarks>
    public async Task<Album> CreateAsync(string title, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(title);
        CheckTitle(title);
        HashSet<string>? before = null;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return await CreateOnceAsync(title, cancellationToken).ConfigureAwait(false);
            }
            catch (GPhotosException e) when (e is ConnectionFailedException or ServiceUnavailableException && attempt < 2)
            {
                // Titles repeat, so only an empty album of that very title that was not there at the last look can be the lost
                // one. Where several are empty any will do: one more would be worse.
                List<Album> now = [.. (await WithTitleAsync(title, cancellationToken).ConfigureAwait(false)).Where(a => a.Title == title)];
                if (now.LastOrDefault(a => a.MediaItemsCount == 0 && before?.Contains(a.Id) != true) is { } lost)
                {
                    return lost;
                }

                before = [.. now.Select(a => a.Id)];
                await _retry.WaitAsync(CreateTraits, "no answer that tells whether the album was made", attempt, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Finds the one album that an id or a title means. Titles are compared without regard to case, an exact match first.</summary>
    /// <exception cref="AlbumNotFoundException">There is none.</exception>
    /// <exception cref="AlbumTitleAmbiguousException">Several bear the title.</exception>
    public async Task<Album> FindAsync(string idOrTitle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idOrTitle);
        if (LooksLikeId(idOrTitle))
        {
            try
            {
                return await GetAsync(idOrTitle, cancellationToken).ConfigureAwait(false);
            }
            catch (AlbumNotFoundException)
            {
                // A title may look like an id.
            }
        }

        return Match(await WithTitleAsync(idOrTitle, cancellationToken).ConfigureAwait(false), idOrTitle) ?? throw NotFound(idOrTitle);
    }

    /// <summary>The one album among many that bears the title, or null. Compared without regard to case, an exact match first.</summary>
    /// <exception cref="AlbumTitleAmbiguousException">Several bear it.</exception>
    internal static Album? Match(IEnumerable<Album> albums, string title)
    {
        List<Album> matches = [.. albums.Where(a => string.Equals(a.Title, title, StringComparison.OrdinalIgnoreCase))];
        List<Album> exact = [.. matches.Where(a => a.Title == title)];
        return (exact.Count > 0 ? exact : matches) switch
        {
            [var one] => one,
            [] => null,
            var many => throw new AlbumTitleAmbiguousException($"{many.Count} albums have the title '{title}'.", title, [.. many.Select(a => a.Id)]),
        };
    }

    internal static AlbumNotFoundException NotFound(string idOrTitle) =>
        new($"No album of this app has the id or title '{idOrTitle}'.", idOrTitle);

    private static void CheckTitle(string title)
    {
        if (title.Length is 0 or > MaxTitleLength)
        {
            throw new InvalidRequestException($"An album's title has 1 to {MaxTitleLength} characters; this one has {title.Length}.");
        }
    }

    // Every id seen so far has 76 characters of this alphabet; no promise of Google's, so a miss falls back to titles.
    internal static bool LooksLikeId(string text) =>
        text.Length >= 50 && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');

    private async Task<List<Album>> WithTitleAsync(string title, CancellationToken cancellationToken) =>
        await ListAsync(cancellationToken).Where(a => string.Equals(a.Title, title, StringComparison.OrdinalIgnoreCase))
            .ToListAsync(cancellationToken).ConfigureAwait(false);

    private async Task<Album> CreateOnceAsync(string title, CancellationToken cancellationToken)
    {
        WireAlbum wire = await _caller.PostAsync(
            CreateTraits, Context($"Creating album '{title}'", GPhotosScopes.AppendOnly), "v1/albums",
            new WireCreateAlbumRequest(new(title)), WireJsonContext.Default.WireCreateAlbumRequest, WireJsonContext.Default.WireAlbum,
            cancellationToken).ConfigureAwait(false);
        return wire.ToModel();
    }

    private CallContext Context(string subject, string scope) => new(subject, scope, _caller.Now);
}
