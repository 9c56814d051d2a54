using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/items: what the library really holds, and ways to change it that Google has none for.</summary>
internal sealed class ItemsEndpoint(EmulatorState state)
{
    private readonly PhotoLibrary _library = state.Library;
    private readonly ItemMaker _maker = new(state);

    public async ValueTask<Reply> AddAsync(Exchange exchange)
    {
        List<MediaItem> added = [.. (await exchange.ReadJsonListAsync()).SelectMany(_maker.Make)];
        return Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("ids");
            added.ForEach(item => json.WriteStringValue(item.Id));
            json.WriteEndArray();
            json.WriteEndObject();
        });
    }

    public async ValueTask<Reply> ChangeAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow(
            ["categories", "favorite", "archived", "fileName", .. DeliveryRequest.Names]);
        MediaItem item = Known(exchange);
        DeliveryRequest.Apply(request, item, state.Clock.GetUtcNow());
        if (request.Has("categories"))
        {
            item.Categories = request.Strings("categories").Aggregate(
                ContentCategories.None, (all, one) => all | ContentFilter.Parse(one));
        }

        item.IsFavorite = request.Boolean("favorite") ?? item.IsFavorite;
        item.IsArchived = request.Boolean("archived") ?? item.IsArchived;
        item.FileName = request.String("fileName") ?? item.FileName;
        return Reply.EmptyObject();
    }

    public ValueTask<Reply> RemoveAsync(Exchange exchange)
    {
        MediaItem item = Known(exchange);
        _library.Remove(item);
        state.Contents.Release(item.Content);
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    public ValueTask<Reply> OriginalAsync(Exchange exchange) => ValueTask.FromResult(new Reply
    {
        ContentType = "application/octet-stream",
        Body = [Known(exchange).Content.Open()],
    });

    /// <summary>The bytes that a base URL with these parameters would lead to, and no download: d or dv where none are named.</summary>
    public ValueTask<Reply> ServedAsync(Exchange exchange)
    {
        MediaItem item = Known(exchange);
        string text = exchange.Query("parameters") ?? (item.Facts.IsVideo ? "dv" : "d");
        DownloadParameters parameters = DownloadParameters.Read(text) is { MakesSense: true } known
            ? known
            : throw GoogleError.InvalidArgument($"Not parameters of a base URL: {text}");
        Rendition rendition = Rendition.Of(item, parameters, state.Clock.GetUtcNow()) ?? throw GoogleError.ForStatus(404);
        return ValueTask.FromResult(new Reply { ContentType = rendition.ContentType, Body = rendition.Body });
    }

    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        List<MediaItem> items;
        ILookup<MediaItem, string> albumIds;
        lock (_library.Gate)
        {
            items = [.. _library.NewestFirst];
            albumIds = _library.AlbumIds();
        }

        // Out of the lock: synthetic bytes are made to be hashed, and that takes its time for a large library.
        return ValueTask.FromResult(Reply.Json(json =>
        {
            json.WriteStartArray();
            items.ForEach(item => ItemView.Write(json, item, albumIds[item]));
            json.WriteEndArray();
        }));
    }

    private MediaItem Known(Exchange exchange) => _library.FindByAnyId(exchange.RouteValue) ?? throw GoogleError.ForStatus(404);
}
