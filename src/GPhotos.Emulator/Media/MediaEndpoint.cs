using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Media;

/// <summary>The media bytes behind base URLs. The URL is the permission; no token is asked for.</summary>
internal sealed class MediaEndpoint(PhotoLibrary library, BaseUrls baseUrls, TimeProvider clock)
{
    private static readonly byte[] Placeholder = SyntheticJpeg.Make(0, DateTime.UnixEpoch);
    private static readonly string[] Shown =
        ["image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/avif", "image/x-icon"];

    public ValueTask<Reply> GetAsync(Exchange exchange) => ValueTask.FromResult(Answer(exchange));

    /// <summary>The project a URL was given to, stale or not; null for what was no URL of an item here.</summary>
    public string? ProjectOf(Exchange exchange)
    {
        baseUrls.TryRead(exchange.RouteValue.Split('=', 2)[0], out ulong key);
        return library.Find(key)?.Owner is Caller { IsForeign: false } owner ? owner.Project : null;
    }

    private Reply Answer(Exchange exchange)
    {
        string[] parts = exchange.RouteValue.Split('=', 2);
        if (!baseUrls.TryRead(parts[0], out ulong key))
        {
            return Reply.Html("<!doctype html><title>Error 403 (Forbidden)!!1</title><p>Your client does not have permission.", 403);
        }

        DownloadParameters? parameters = parts.Length == 2 ? DownloadParameters.Read(parts[1]) : null;
        if (parameters is null || library.Find(key) is not MediaItem item)
        {
            return Missing();
        }

        if (parameters.Video)
        {
            bool ready = item.Facts.IsVideo && item.ReadyAt <= clock.GetUtcNow();
            return ready ? Serve(exchange, item, "dv", item.Facts.MimeType, [item.Content.Open()]) : Missing();
        }

        // There is no image library here to make a thumbnail of what browsers cannot show.
        if (item.Facts.IsVideo || (!parameters.Photo && !Shown.Contains(item.Facts.MimeType)))
        {
            return Serve(exchange, item, "w", "image/jpeg", [ByteSlice.Of(Placeholder)]);
        }

        ByteSlice original = item.Content.Open();
        bool reencode = item.Facts.MimeType == "image/jpeg" && original.Peek(0, 2) is [0xFF, 0xD8];
        return Serve(exchange, item, "d", item.Facts.MimeType, reencode ? JpegDownload.Of(original) : [original]);
    }

    // A picture in an error's place is what has fooled clients into saving it.
    private static Reply Missing() => new() { Status = 404, ContentType = "image/jpeg", Body = [ByteSlice.Of(Placeholder)] };

    private static Reply Serve(
        Exchange exchange, MediaItem item, string form, string contentType, IReadOnlyList<ByteSlice> body)
    {
        long total = body.Sum(piece => piece.Length);
        string tag = string.Create(CultureInfo.InvariantCulture, $"\"{form}{item.Key:x16}\"");
        List<KeyValuePair<string, string>> headers =
        [
            new("Accept-Ranges", "bytes"),
            new("Cache-Control", "private, max-age=86400, no-transform"),
            new("ETag", tag),
            new("Content-Disposition", ContentDisposition.Inline(item.FileName)),
        ];
        string? condition = exchange.Request.Headers.IfRange;
        ByteRange? range = condition is null || condition == tag ? ByteRange.Read(exchange.Request.Headers.Range, total) : null;
        if (range is not ByteRange asked)
        {
            return new Reply { ContentType = contentType, Body = body, Headers = headers };
        }

        if (asked.Length == 0)
        {
            headers.Add(new("Content-Range", string.Create(CultureInfo.InvariantCulture, $"bytes */{total}")));
            return new Reply { Status = 416, Headers = headers };
        }

        string span = string.Create(CultureInfo.InvariantCulture, $"bytes {asked.Start}-{asked.Start + asked.Length - 1}/{total}");
        headers.Add(new("Content-Range", span));
        return new Reply { Status = 206, ContentType = contentType, Body = asked.Cut(body), Headers = headers };
    }
}
