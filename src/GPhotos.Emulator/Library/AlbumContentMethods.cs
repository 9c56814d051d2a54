using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The methods that put items and enrichments into albums, and take items out.</summary>
internal sealed class AlbumContentMethods(PhotoLibrary library, AlbumCapacity capacity)
{
    /// <summary>All or nothing: one id that is not known, and none is added. Those already in the album stay where they are.</summary>
    public async ValueTask<Reply> BatchAddAsync(Exchange exchange)
    {
        IReadOnlyList<string> ids = await ReadIdsAsync(exchange);
        lock (library.Gate)
        {
            Album? any = library.FindAlbum(exchange.RouteValue);
            Album album = any is null || any.Owner == exchange.Caller ? Known(exchange) : throw GoogleError.NotToBeAddedTo();
            List<MediaItem> items = [.. ids.Select(id => library.Find(id, exchange.Caller) ?? throw GoogleError.InvalidIdInRequest())];
            capacity.Check(album, items.Count(item => !album.Contains(item)));
            album.Insert(album.Entries.Count, items);
        }

        return Reply.EmptyObject();
    }

    /// <summary>All or nothing: one id that is not in the album, and none is taken out.</summary>
    public async ValueTask<Reply> BatchRemoveAsync(Exchange exchange)
    {
        IReadOnlyList<string> ids = await ReadIdsAsync(exchange);
        lock (library.Gate)
        {
            Album album = Known(exchange);
            List<MediaItem> items = [.. ids.Select(id =>
                library.Find(id, exchange.Caller) is MediaItem item && album.Contains(item) ? item : throw GoogleError.InvalidIdInRequest())];
            items.ForEach(album.Remove);
        }

        return Reply.EmptyObject();
    }

    public async ValueTask<Reply> AddEnrichmentAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("newEnrichmentItem", "albumPosition");
        Enrichment enrichment = EnrichmentRequest.Read(request.Object("newEnrichmentItem"));
        RequestObject position = request.Object("albumPosition")
            ?? throw GoogleError.InvalidArgument("Request must have an album position.");
        lock (library.Gate)
        {
            Album album = Known(exchange);
            album.Insert(AlbumPlace.IndexIn(album, position), enrichment);
        }

        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartObject("enrichmentItem");
            json.WriteString("id", enrichment.Id);
            json.WriteEndObject();
            json.WriteEndObject();
        });
    }

    private static async Task<IReadOnlyList<string>> ReadIdsAsync(Exchange exchange) =>
        BatchRules.Checked((await exchange.ReadJsonAsync()).Allow("mediaItemIds").Strings("mediaItemIds"));

    private Album Known(Exchange exchange) =>
        library.FindAlbum(exchange.RouteValue, exchange.Caller) ?? throw GoogleError.NoSuchAlbum();
}
