using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>mediaItems.list and mediaItems.search.</summary>
internal sealed class SearchMethod(PhotoLibrary library, Pager pager, MediaItemJson itemJson)
{
    private const int DefaultSize = 25;
    private const int MaximumSize = 100;
    private const string Ascending = "MediaMetadata.creation_time";
    private const string Descending = "MediaMetadata.creation_time desc";

    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        int size = Pager.Size(exchange.QueryInteger("pageSize"), DefaultSize, MaximumSize);
        string binding = $"mediaItems.list {size.ToString(CultureInfo.InvariantCulture)}";
        LibrarySource source = new(library, Visible(SearchFilters.None, exchange), oldestFirst: false);
        return ValueTask.FromResult(Page(source, size, exchange.Query("pageToken"), binding));
    }

    public async ValueTask<Reply> SearchAsync(Exchange exchange)
    {
        RequestObject request = await exchange.ReadJsonAsync();
        request.Allow("albumId", "filters", "orderBy", "pageSize", "pageToken");
        int size = Pager.Size(request.Integer("pageSize"), DefaultSize, MaximumSize);
        string albumId = request.String("albumId") ?? "";
        string orderBy = request.String("orderBy") ?? "";
        string filters = request.Raw("filters")?.GetRawText() ?? "";
        string binding = $"mediaItems.search {size.ToString(CultureInfo.InvariantCulture)} {albumId} {orderBy} {filters}";
        return Page(Source(request, exchange, albumId, orderBy), size, request.String("pageToken"), binding);
    }

    private IPageSource<MediaItem> Source(RequestObject request, Exchange exchange, string albumId, string orderBy)
    {
        SearchFilters filters = request.Object("filters") is RequestObject given ? SearchFilters.Read(given) : SearchFilters.None;
        if (orderBy.Length > 0 && (orderBy is not (Ascending or Descending) || !filters.HasDate || filters.HasMoreThanDate))
        {
            throw GoogleError.InvalidArgument(
                $"order_by must be '{Ascending}' or '{Descending}', and is only supported together with a date filter.");
        }

        if (albumId.Length == 0)
        {
            return new LibrarySource(library, Visible(filters, exchange), orderBy == Ascending);
        }

        if (request.Has("filters"))
        {
            throw GoogleError.InvalidArgument("Album ID cannot be set with filters.");
        }

        lock (library.Gate)
        {
            Album album = library.FindAlbum(albumId, exchange.Caller) ?? throw GoogleError.NoSuchAlbum();
            List<MediaItem> visible = [.. album.Items.Where(item => item.Owner == exchange.Caller)];
            return new ListSource<MediaItem>(library.Gate, visible, item => item.Key);
        }
    }

    private static Predicate<MediaItem> Visible(SearchFilters filters, Exchange exchange)
    {
        Caller caller = exchange.Caller;
        return item => item.Owner == caller && filters.Matches(item);
    }

    private Reply Page(IPageSource<MediaItem> source, int size, string? token, string binding)
    {
        (List<MediaItem> items, string? next) = pager.Read(source, size, token, binding);
        return PageReply.Of("mediaItems", items, itemJson.Write, next);
    }
}
