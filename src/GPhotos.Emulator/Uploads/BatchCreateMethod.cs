using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>mediaItems.batchCreate: makes items of uploaded bytes, each with a status of its own.</summary>
internal sealed class BatchCreateMethod(PhotoLibrary library, UploadTokens tokens, ItemFactory factory, MediaItemJson itemJson)
{
    private const string Failed = "Failed: There was an error while trying to create this media item.";

    public async ValueTask<Reply> CreateAsync(Exchange exchange)
    {
        BatchCreateRequest request = BatchCreateRequest.Read(await exchange.ReadJsonAsync());
        List<Result> results = [];
        lock (library.Gate)
        {
            Album? album = request.AlbumId is null ? null : library.FindAlbum(request.AlbumId)
                ?? throw GoogleError.InvalidArgument("No permission to add media items to this album.");
            int place = album is null ? 0 : AlbumPlace.IndexIn(album, request.AlbumPosition, library);
            HashSet<string> hashes = new(StringComparer.Ordinal);
            results.AddRange(request.Items.Select(item => Create(item, hashes)));
            album?.Insert(place, results.Select(result => result.Item).OfType<MediaItem>());
        }

        // A call for one item answers 200 even when that one failed; that is how it was seen.
        bool partial = results.Count > 1 && results.Exists(result => result.Item is null);
        return Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartArray("newMediaItemResults");
                foreach (Result result in results)
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
                        itemJson.WriteWithoutBaseUrl(json, result.Item);
                    }

                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteEndObject();
            },
            partial ? 207 : 200);
    }

    private Result Create(NewMediaItem wanted, HashSet<string> hashes)
    {
        if (tokens.Take(wanted.UploadToken) is not Upload upload)
        {
            // A token used earlier in this very call names bytes that occur twice in it.
            RpcCode code = hashes.Contains(wanted.UploadToken) ? RpcCode.AlreadyExists : RpcCode.InvalidArgument;
            return new Result(wanted.UploadToken, code, null);
        }

        hashes.Add(wanted.UploadToken);
        (RpcCode status, MediaItem? item, bool made) = Resolve(wanted, upload, hashes);
        if (!made)
        {
            tokens.Release(upload);
        }

        return new Result(wanted.UploadToken, status, item);
    }

    private (RpcCode Code, MediaItem? Item, bool Made) Resolve(NewMediaItem wanted, Upload upload, HashSet<string> hashes)
    {
        string hash = upload.Content.Sha256();
        if (!hashes.Add(hash))
        {
            return (RpcCode.AlreadyExists, null, false);
        }

        if (library.TryFindByHash(hash, out MediaItem? known))
        {
            return (RpcCode.Ok, known, false);
        }

        if (MediaInspector.Inspect(upload.Content.Open()) is not MediaFacts facts)
        {
            return (RpcCode.InvalidArgument, null, false);
        }

        MediaItem item = factory.Make(upload.Content, facts, wanted.FileName ?? upload.FileName, wanted.Description);
        library.Add(item, hash);
        return (RpcCode.Ok, item, true);
    }

    private sealed record Result(string UploadToken, RpcCode Code, MediaItem? Item);
}
