using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Library;

/// <summary>mediaItems.get, mediaItems.batchGet and mediaItems.patch.</summary>
internal sealed class MediaItemsMethods(PhotoLibrary library, MediaItemJson itemJson)
{
    private const string InvalidId = "Invalid media item ID.";

    private static readonly string[] Fields =
        ["id", "description", "productUrl", "baseUrl", "mimeType", "mediaMetadata", "contributorInfo", "filename"];

    public ValueTask<Reply> GetAsync(Exchange exchange)
    {
        MediaItem item = library.Find(exchange.RouteValue, exchange.Caller) ?? throw GoogleError.InvalidArgument(InvalidId);
        return ValueTask.FromResult(Reply.Json(json => itemJson.Write(json, item)));
    }

    /// <summary>Changes the description, the only thing of an item that can be changed.</summary>
    public async ValueTask<Reply> PatchAsync(Exchange exchange)
    {
        UpdateMask.Read(exchange, "description");
        RequestObject request = (await exchange.ReadJsonAsync()).Allow(Fields);
        MediaItem item = library.Find(exchange.RouteValue, exchange.Caller) ?? throw GoogleError.InvalidArgument(InvalidId);
        item.Description = Descriptions.Checked(request.String("description"));
        return Reply.Json(json => itemJson.Write(json, item));
    }

    public ValueTask<Reply> BatchGetAsync(Exchange exchange)
    {
        IReadOnlyList<string> ids = BatchRules.Checked([.. exchange.Request.Query["mediaItemIds"].OfType<string>()]);
        return ValueTask.FromResult(Reply.Json(json =>
        {
            json.WriteStartObject();
            json.WriteStartArray("mediaItemResults");
            foreach (string id in ids)
            {
                json.WriteStartObject();
                if (library.Find(id, exchange.Caller) is MediaItem item)
                {
                    json.WritePropertyName("mediaItem");
                    itemJson.Write(json, item);
                }
                else
                {
                    json.WriteStartObject("status");
                    json.WriteNumber("code", (int)RpcCode.InvalidArgument);
                    json.WriteString("message", InvalidId);
                    json.WriteEndObject();
                }

                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }));
    }
}
