using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>The methods that make, show and change albums.</summary>
internal sealed class AlbumsMethods(PhotoLibrary library, Pager pager, AlbumJson albumJson)
{
    private const int DefaultSize = 20;
    private const int MaximumSize = 50;
    private const int LongestTitle = 500;

    private static readonly string[] Fields =
    [
        "id", "title", "productUrl", "isWriteable", "shareInfo", "mediaItemsCount", "coverPhotoBaseUrl", "coverPhotoMediaItemId",
    ];

    public async ValueTask<Reply> CreateAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("album");
        Album album = library.CreateAlbum(Title(request.Object("album")?.Allow(Fields)), exchange.Caller);
        return Reply.Json(json => albumJson.Write(json, album));
    }

    /// <summary>Changes what the mask names. Whether Google takes a cover from outside the album is not known; here it does not.</summary>
    public async ValueTask<Reply> PatchAsync(Exchange exchange)
    {
        IReadOnlyList<string> mask = UpdateMask.Read(exchange, "title", "coverPhotoMediaItemId");
        RequestObject request = (await exchange.ReadJsonAsync()).Allow(Fields);
        lock (library.Gate)
        {
            Album album = library.FindAlbum(exchange.RouteValue, exchange.Caller) ?? throw GoogleError.NoSuchAlbum();
            string? title = mask.Contains("title") ? Title(request) : null;
            if (mask.Contains("coverPhotoMediaItemId"))
            {
                album.Cover = library.Find(request.String("coverPhotoMediaItemId") ?? "", exchange.Caller) is MediaItem cover
                        && album.Contains(cover)
                    ? cover
                    : throw GoogleError.InvalidIdInRequest();
            }

            album.Title = title ?? album.Title;
            return Reply.Json(json => albumJson.Write(json, album));
        }
    }

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        Album album = library.FindAlbum(exchange.RouteValue, exchange.Caller) ?? throw GoogleError.NoSuchAlbum();
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
        lock (library.Gate)
        {
            List<Album> visible = [.. library.Albums.Where(album => album.Owner == exchange.Caller)];
            ListSource<Album> source = new(library.Gate, visible, album => album.Key);
            (List<Album> albums, string? next) = pager.Read(source, size, exchange.Query("pageToken"), binding);
            return ValueTask.FromResult(PageReply.Of("albums", albums, albumJson.Write, next));
        }
    }

    private static string Title(RequestObject? album) => album?.String("title") switch
    {
        null or "" => throw GoogleError.InvalidArgument("Request must have an album title."),
        { Length: > LongestTitle } => throw GoogleError.InvalidArgument("Album title must not be longer than 500 characters."),
        { } title => title,
    };
}
