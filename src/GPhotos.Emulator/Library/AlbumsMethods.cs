using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The albums methods.</summary>
internal sealed class AlbumsMethods(PhotoLibrary library, Pager pager, AlbumJson albumJson)
{
    private const int DefaultSize = 20;
    private const int MaximumSize = 50;
    private const int LongestTitle = 500;

    public async ValueTask<Reply> CreateAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("album");
        string? title = request.Object("album")?.Allow("title", "id", "productUrl", "isWriteable", "mediaItemsCount").String("title");
        if (string.IsNullOrEmpty(title))
        {
            throw GoogleError.InvalidArgument("Request must have an album title.");
        }

        if (title.Length > LongestTitle)
        {
            throw GoogleError.InvalidArgument("Album title must not be longer than 500 characters.");
        }

        Album album = library.CreateAlbum(title);
        return Reply.Json(json => albumJson.Write(json, album));
    }

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        Album album = library.FindAlbum(exchange.RouteValue) ?? throw GoogleError.NoSuchAlbum();
        return ValueTask.FromResult(Reply.Json(json =>
        {
            lock (library.Gate)
            {
                albumJson.Write(json, album);
            }
        }));
    }

    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        int size = Pager.Size(exchange.QueryInteger("pageSize"), DefaultSize, MaximumSize);
        string binding = $"albums.list {size.ToString(CultureInfo.InvariantCulture)} {exchange.Query("excludeNonAppCreatedData")}";
        ListSource<Album> source = new(library.Gate, library.Albums, album => album.Key);
        lock (library.Gate)
        {
            (List<Album> albums, string? next) = pager.Read(source, size, exchange.Query("pageToken"), binding);
            return ValueTask.FromResult(PageReply.Of("albums", albums, albumJson.Write, next));
        }
    }

    /// <summary>All or nothing: one id that is not in the album, and none is taken out.</summary>
    public async ValueTask<Reply> BatchRemoveAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("mediaItemIds");
        IReadOnlyList<string> ids = BatchRules.Checked(request.Strings("mediaItemIds"));
        lock (library.Gate)
        {
            Album album = library.FindAlbum(exchange.RouteValue) ?? throw GoogleError.NoSuchAlbum();
            List<MediaItem> items = [.. ids.Select(id =>
                library.Find(id) is MediaItem item && album.Contains(item) ? item : throw GoogleError.InvalidIdInRequest())];
            items.ForEach(album.Remove);
        }

        return Reply.EmptyObject();
    }
}
