using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Uploads;
using GPhotos.Emulator.Wire;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// storage.objects.insert by a session: the start, chunks, the question how many bytes have arrived, and giving up.
/// </summary>
internal sealed class ResumableInsert(EmulatorState state, Buckets buckets, ObjectJson json, InsertSessions sessions)
{
    private const string Id = "upload_id";
    private const int ResumeIncomplete = 308;

    /// <summary>Whether a call goes to a session that there is, or was.</summary>
    public static bool IsOfSession(HttpRequest request) => request.Query.ContainsKey(Id);

    /// <summary>The name a call to a session is counted under.</summary>
    public static string Kind(HttpRequest request) =>
        request.Headers.ContentRange.ToString().StartsWith("bytes *", StringComparison.OrdinalIgnoreCase)
            ? "storage.objects.insert.query"
            : "storage.objects.insert.chunk";

    public async Task<Reply> StartAsync(Exchange exchange)
    {
        RequestObject metadata = await exchange.ReadJsonAsync();
        IHeaderDictionary headers = exchange.Request.Headers;
        NewObject announced = NewObject.Read(exchange, buckets, metadata, headers["X-Upload-Content-Type"]);
        InsertSession session = sessions.Start(announced, Size(headers["X-Upload-Content-Length"]));
        string address = $"{state.Address}upload/storage/v1/b/{announced.Bucket.Name}/o?uploadType=resumable"
            + $"&name={Uri.EscapeDataString(announced.Name)}&{Id}={session.Id}";
        return new Reply { Headers = [new("Location", address), new("X-GUploader-UploadID", session.Id)] };
    }

    public async ValueTask<Reply> PutAsync(Exchange exchange) => await ContinueAsync(exchange);

    /// <summary>A chunk or a question. Either gets 308 with what has arrived, or the object once it is made.</summary>
    public async Task<Reply> ContinueAsync(Exchange exchange)
    {
        InsertSession session = sessions.Get(exchange.RouteValue, exchange.Query(Id));
        CancellationToken superseded = await session.Turn.EnterAsync(exchange.Aborted);
        try
        {
            HttpRequest request = exchange.Request;
            ThrowIfOver(session);
            if (session.Made is null)
            {
                ContentRange range = ContentRange.Read(request.Headers.ContentRange, request.ContentLength);
                await TakeAsync(request, session, range, superseded);
                if (!range.EndsObject && session.Content.Length != range.Total)
                {
                    return Incomplete(request, session);
                }

                session.Complete(ExpectedHashes.FromHeader(request));
            }

            return StorageReply.Json(exchange, writer => json.Write(writer, session.Made!));
        }
        finally
        {
            session.Turn.Leave();
        }
    }

    public async ValueTask<Reply> CancelAsync(Exchange exchange)
    {
        InsertSession session = sessions.Get(exchange.RouteValue, exchange.Query(Id));
        await session.Turn.EnterAsync(exchange.Aborted);
        try
        {
            ThrowIfOver(session);
            if (session.Made is null)
            {
                session.Cancel();
            }

            throw StorageErrors.Cancelled();
        }
        finally
        {
            session.Turn.Leave();
        }
    }

    private async Task TakeAsync(HttpRequest request, InsertSession session, ContentRange range, CancellationToken stop)
    {
        // What can be told from the headers is told before any of the body is taken.
        long arrived = session.Content.Length;
        session.Tell(range.Total);
        if (range.First > arrived)
        {
            throw StorageErrors.OffsetAhead(range.First, arrived);
        }

        long? length = range.IsQuery ? 0 : range.Last - range.First + 1;
        if (length is not null && request.ContentLength is long told && told != length)
        {
            throw StorageErrors.Invalid("Content-Length is not the length of the Content-Range.");
        }

        if (range.IsQuery)
        {
            return;
        }

        if (!range.EndsObject && length % UploadBody.Granularity != 0)
        {
            throw StorageErrors.Invalid("A chunk that is not the last must be a multiple of 256 KiB.");
        }

        if (range.Last >= session.Size)
        {
            throw StorageErrors.Invalid("The Content-Range goes beyond the size that was announced.");
        }

        await ChunkBody.TakeAsync(request.Body, session.Content, range, state.Statistics, stop);
    }

    private static void ThrowIfOver(InsertSession session)
    {
        if (session.Status == InsertStatus.Cancelled)
        {
            throw StorageErrors.Cancelled();
        }

        if (session.Status == InsertStatus.Gone)
        {
            throw StorageErrors.SessionGone();
        }
    }

    private static Reply Incomplete(HttpRequest request, InsertSession session)
    {
        // For clients whose HTTP takes every 308 for a redirection.
        bool isHidden = request.Headers["X-GUploader-No-308"] == "yes";
        Reply reply = new() { Status = isHidden ? StatusCodes.Status200OK : ResumeIncomplete };
        if (isHidden)
        {
            reply.Headers.Add(new("X-HTTP-Status-Code-Override", "308"));
        }

        if (session.Content.Length > 0)
        {
            reply.Headers.Add(new("Range", string.Create(CultureInfo.InvariantCulture, $"bytes=0-{session.Content.Length - 1}")));
        }

        return reply;
    }

    private static long? Size(string? header) => string.IsNullOrEmpty(header) ? null
        : long.TryParse(header, NumberStyles.None, CultureInfo.InvariantCulture, out long size) ? size
        : throw StorageErrors.Invalid($"Invalid X-Upload-Content-Length: {header}");
}
