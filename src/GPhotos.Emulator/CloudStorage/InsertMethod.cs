using System.Buffers;
using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// storage.objects.insert, with the bytes in the call itself: alone (media) or behind the metadata (multipart).
/// </summary>
internal sealed class InsertMethod(EmulatorState state, Buckets buckets, ObjectJson json, ResumableInsert resumable)
{
    private const int OneRead = 256 * 1024;
    private const int LongestMetadata = 1024 * 1024;

    /// <summary>The name a call is counted under.</summary>
    public static string Kind(HttpRequest request) =>
        ResumableInsert.IsOfSession(request) ? ResumableInsert.Kind(request)
        : request.Query["uploadType"] == "resumable" ? "storage.objects.insert.start"
        : "storage.objects.insert";

    /// <summary>An insert without bytes, on the path of the resource.</summary>
    public static ValueTask<Reply> RefuseAsync(Exchange exchange) => throw StorageErrors.NotAnUploadPath();

    public async ValueTask<Reply> InsertAsync(Exchange exchange) => exchange.Query("uploadType") switch
    {
        "media" => await MediaAsync(exchange),
        "multipart" => await MultipartAsync(exchange),
        // Some clients send chunks with POST too.
        "resumable" => await (ResumableInsert.IsOfSession(exchange.Request)
            ? resumable.ContinueAsync(exchange)
            : resumable.StartAsync(exchange)),
        null or "" => throw StorageErrors.Required("uploadType"),
        _ => throw StorageErrors.Invalid("Invalid value for: uploadType"),
    };

    private async Task<Reply> MediaAsync(Exchange exchange)
    {
        NewObject announced = NewObject.Read(exchange, buckets, RequestObject.Empty, exchange.Request.ContentType);
        return await MakeAsync(exchange, announced, async take =>
        {
            byte[] buffer = ArrayPool<byte>.Shared.Rent(OneRead);
            try
            {
                for (int read; (read = await exchange.Request.Body.ReadAsync(buffer, exchange.Aborted)) > 0;)
                {
                    take(buffer.AsSpan(0, read));
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        });
    }

    private async Task<Reply> MultipartAsync(Exchange exchange)
    {
        CancellationToken aborted = exchange.Aborted;
        RelatedParts parts = await RelatedParts.OpenAsync(exchange.Request.Body, exchange.Request.ContentType, aborted);
        await parts.HeadAsync(aborted);
        RequestObject metadata = await MetadataAsync(parts, aborted);
        string? contentType = await parts.HeadAsync(aborted);
        NewObject announced = NewObject.Read(exchange, buckets, metadata, contentType);
        return await MakeAsync(exchange, announced, take => parts.CopyAsync(take, aborted));
    }

    private static async Task<RequestObject> MetadataAsync(RelatedParts parts, CancellationToken aborted)
    {
        using MemoryStream text = new();
        bool more = await parts.CopyAsync(
            bytes =>
            {
                text.Write(bytes);
                if (text.Length > LongestMetadata)
                {
                    throw StorageErrors.Invalid("The metadata is too large.");
                }
            },
            aborted);
        if (!more)
        {
            throw StorageErrors.Invalid("A multipart upload has two parts: metadata and media.");
        }

        try
        {
            using JsonDocument document = JsonDocument.Parse(text.GetBuffer().AsMemory(0, (int)text.Length));
            return RequestObject.From(document.RootElement.Clone(), "");
        }
        catch (JsonException)
        {
            throw StorageErrors.Invalid("Parse Error");
        }
    }

    private async Task<Reply> MakeAsync(Exchange exchange, NewObject announced, Func<Action<ReadOnlySpan<byte>>, Task> bring)
    {
        ObjectContent content = new(state.SpoolRoom);
        try
        {
            await bring(bytes =>
            {
                state.Statistics.AddUploaded(bytes.Length);
                content.Append(bytes);
            });
            StoredObject made = announced.Make(content);
            return StorageReply.Json(exchange, writer => json.Write(writer, made));
        }
        catch
        {
            content.Dispose();
            throw;
        }
    }
}
