using System.Buffers;
using System.Text.Json;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>storage.objects.insert, with the bytes in the call itself: alone (media) or behind the metadata (multipart).</summary>
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
        "resumable" => await (ResumableInsert.IsOfSession(exchange.Request) ? resumable.ContinueAsync(exchange) : resumable.StartAsync(exchange)),
        null or "" => throw StorageErrors.Required("uploadType"),
        _ => throw StorageErrors.Invalid("Invalid value for: uploadType"),
    };

    private async Task<Reply> MediaAsync(Exchange exchange)
    {
        NewObject announced = NewObject.Read(exchange, buckets, RequestObject.Empty, exchange.Request.ContentType);
        return await TakeAsync(exchange, announced, exchange.Request.Body);
    }

    private async Task<Reply> MultipartAsync(Exchange exchange)
    {
        bool isMultipart = MediaTypeHeaderValue.TryParse(exchange.Request.ContentType, out MediaTypeHeaderValue? type)
            && type.MediaType.Equals("multipart/related", StringComparison.OrdinalIgnoreCase) && type.Boundary.Length > 0;
        if (!isMultipart)
        {
            throw StorageErrors.Invalid("A multipart upload needs the content type multipart/related with a boundary.");
        }

        MultipartReader reader = new(HeaderUtilities.RemoveQuotes(type!.Boundary).ToString(), exchange.Request.Body);
        try
        {
            MultipartSection resource = await NextAsync(reader, exchange, "metadata");
            RequestObject metadata = await MetadataAsync(resource.Body, exchange.Aborted);
            MultipartSection media = await NextAsync(reader, exchange, "media");
            return await TakeAsync(exchange, NewObject.Read(exchange, buckets, metadata, media.ContentType), media.Body);
        }
        catch (Exception malformed) when (malformed is InvalidDataException
            || (malformed.GetType() == typeof(IOException) && malformed.Message.StartsWith("Unexpected end of Stream", StringComparison.Ordinal)))
        {
            throw StorageErrors.Invalid("Malformed multipart body.");
        }
    }

    private static async Task<MultipartSection> NextAsync(MultipartReader reader, Exchange exchange, string part) =>
        await reader.ReadNextSectionAsync(exchange.Aborted) ?? throw StorageErrors.Invalid($"Malformed multipart body: no part with the {part}.");

    private static async Task<RequestObject> MetadataAsync(Stream body, CancellationToken aborted)
    {
        using MemoryStream text = new();
        byte[] buffer = new byte[4096];
        for (int read; (read = await body.ReadAsync(buffer, aborted)) > 0;)
        {
            text.Write(buffer.AsSpan(0, read));
            if (text.Length > LongestMetadata)
            {
                throw StorageErrors.Invalid("The metadata is too large.");
            }
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

    private async Task<Reply> TakeAsync(Exchange exchange, NewObject announced, Stream body)
    {
        ObjectContent content = new(state.SpoolRoom);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(OneRead);
        try
        {
            for (int read; (read = await body.ReadAsync(buffer, exchange.Aborted)) > 0;)
            {
                state.Statistics.AddUploaded(read);
                content.Append(buffer.AsSpan(0, read));
            }

            StoredObject made = announced.Make(content);
            return StorageReply.Json(exchange, writer => json.Write(writer, made));
        }
        catch
        {
            content.Dispose();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
