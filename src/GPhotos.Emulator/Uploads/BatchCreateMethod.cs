using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>mediaItems.batchCreate: makes items of uploaded bytes, each with a status of its own.</summary>
internal sealed class BatchCreateMethod(EmulatorState state, AlbumCapacity capacity)
{
    private const string Failed = "Failed: There was an error while trying to create this media item.";

    private readonly PhotoLibrary _library = state.Library;
    private readonly ItemCreation _creation = new(state.Library, state.UploadTokens, state.Items);

    public async ValueTask<Reply> CreateAsync(Exchange exchange)
    {
        BatchCreateRequest request = BatchCreateRequest.Read(await exchange.ReadJsonAsync());
        state.Statistics.AddBatchItems(request.Items.Count);
        List<CreatedItem> results = [];
        lock (_library.Gate)
        {
            Album? album = request.AlbumId is null ? null : _library.FindAlbum(request.AlbumId, exchange.Caller)
                ?? throw GoogleError.NotToBeAddedTo();
            int place = album is null ? 0 : AlbumPlace.IndexIn(album, request.AlbumPosition);
            IReadOnlyList<PlannedItem> plan = _creation.Plan(request.Items, exchange.Caller);
            if (album is not null)
            {
                capacity.Check(album, plan.Count(item => item.Facts is not null || (item.Known is not null && !album.Contains(item.Known))));
            }

            state.Storage.Take(plan.Where(item => item.Facts is not null).Sum(item => item.Upload!.Content.Open().Length));
            results.AddRange(plan.Select(_creation.Carry));
            album?.Insert(place, results.Select(result => result.Item).OfType<MediaItem>());
        }

        // A call for one item answers 200 even when that one failed; that is how it was seen.
        bool partial = results.Count > 1 && results.Exists(result => result.Item is null);
        return Reply.Json(json => Write(json, results), partial ? 207 : 200);
    }

    private void Write(Utf8JsonWriter json, List<CreatedItem> results)
    {
        json.WriteStartObject();
        json.WriteStartArray("newMediaItemResults");
        foreach (CreatedItem result in results)
        {
            json.WriteStartObject();
            json.WriteString("uploadToken", result.UploadToken);
            json.WriteStartObject("status");
            if (result.Code != RpcCode.Ok)
            {
                json.WriteNumber("code", (int)result.Code);
            }

            json.WriteString("message", result.Code == RpcCode.Ok ? "Success" : Failed);
            json.WriteEndObject();
            if (result.Item is not null)
            {
                json.WritePropertyName("mediaItem");
                state.ItemJson.WriteWithoutBaseUrl(json, result.Item);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
