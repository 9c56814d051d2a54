using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/albums: what the albums really hold, without a Library call, and albums that no app made.</summary>
internal sealed class AlbumsEndpoint(PhotoLibrary library)
{
    public async ValueTask<Reply> AddAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("title", "foreign", "user", "project");
        Album album = library.CreateAlbum(request.String("title") ?? "", OwnerRequest.Read(request));
        lock (library.Gate)
        {
            return Reply.Json(json => AlbumView.Write(json, album));
        }
    }

    public ValueTask<Reply> ListAsync(Exchange exchange)
    {
        lock (library.Gate)
        {
            return ValueTask.FromResult(Reply.Json(json =>
            {
                json.WriteStartArray();
                foreach (Album album in library.Albums)
                {
                    AlbumView.Write(json, album);
                }

                json.WriteEndArray();
            }));
        }
    }

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        Album album = Known(exchange);
        lock (library.Gate)
        {
            return ValueTask.FromResult(Reply.Json(json => AlbumView.Write(json, album)));
        }
    }

    /// <summary>The items in the album's order.</summary>
    public ValueTask<Reply> ListItemsAsync(Exchange exchange)
    {
        Album album = Known(exchange);
        IReadOnlyList<MediaItem> items;
        ILookup<MediaItem, string> albumIds;
        lock (library.Gate)
        {
            items = album.Items;
            albumIds = library.AlbumIds();
        }

        return ValueTask.FromResult(Reply.Json(json =>
        {
            json.WriteStartArray();
            foreach (MediaItem item in items)
            {
                ItemView.Write(json, item, albumIds[item]);
            }

            json.WriteEndArray();
        }));
    }

    private Album Known(Exchange exchange) => library.FindAlbum(exchange.RouteValue) ?? throw GoogleError.ForStatus(404);
}
