using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
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
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("categories", "favorite", "archived", "fileName");
        MediaItem item = Known(exchange);
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
        _library.Remove(Known(exchange));
        return ValueTask.FromResult(Reply.EmptyObject());
    }

    public ValueTask<Reply> OriginalAsync(Exchange exchange) => ValueTask.FromResult(new Reply
    {
        ContentType = "application/octet-stream",
        Body = [Known(exchange).Content.Read()],
    });

    public ValueTask<Reply> ListAsync(Exchange exchange) => ValueTask.FromResult(Reply.Json(json =>
    {
        lock (_library.Gate)
        {
            ILookup<MediaItem, Album> albums = _library.Albums
                .SelectMany(album => album.Items.Select(item => (item, album)))
                .ToLookup(pair => pair.item, pair => pair.album);
            json.WriteStartArray();
            foreach (MediaItem item in _library.NewestFirst)
            {
                json.WriteStartObject();
                json.WriteString("id", item.Id);
                json.WriteString("fileName", item.FileName);
                json.WriteString("mimeType", item.Facts.MimeType);
                json.WriteString("sha256", item.Content.Sha256());
                json.WriteNumber("size", item.Content.Read().Length);
                json.WriteString("creationTime", item.CreationTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
                json.WriteString("description", item.Description);
                json.WriteStartArray("albumIds");
                foreach (Album album in albums[item])
                {
                    json.WriteStringValue(album.Id);
                }

                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }
    }));

    private MediaItem Known(Exchange exchange) => _library.Find(exchange.RouteValue) ?? throw GoogleError.ForStatus(404);
}
