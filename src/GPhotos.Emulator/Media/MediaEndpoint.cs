using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Media;

/// <summary>The media bytes behind base URLs. The URL is the permission; a token is asked for elsewhere, where it is.</summary>
internal sealed class MediaEndpoint(EmulatorState state, BaseUrls baseUrls)
{
    private static readonly byte[] Placeholder = SyntheticJpeg.Make(0, DateTime.UnixEpoch);

    public ValueTask<Reply> GetAsync(Exchange exchange) => ValueTask.FromResult(Answer(exchange));

    /// <summary>The project a URL was given to, stale or not; null for what was no URL of an item here.</summary>
    public string? ProjectOf(Exchange exchange) => OwnerOf(exchange) is Caller { IsForeign: false } owner ? owner.Project : null;

    /// <summary>Whose item a URL leads to, stale or not; null for what was no URL of an item here.</summary>
    public Caller? OwnerOf(Exchange exchange)
    {
        baseUrls.TryRead(exchange.RouteValue.Split('=', 2)[0], out ulong key, out _);
        return state.Library.Find(key)?.Owner;
    }

    /// <summary>What the media host answers where a URL is stale, or not the client's to use.</summary>
    public static Reply Forbidden() =>
        Reply.Html("<!doctype html><title>Error 403 (Forbidden)!!1</title><p>Your client does not have permission.", 403);

    private Reply Answer(Exchange exchange)
    {
        string[] parts = exchange.RouteValue.Split('=', 2);
        if (!baseUrls.TryRead(parts[0], out ulong key, out long serial))
        {
            return Forbidden();
        }

        DownloadParameters? parameters = parts.Length == 2 ? DownloadParameters.Read(parts[1]) : null;
        MediaItem? item = state.Library.Find(key);
        if (item?.Delivery.Denied == true)
        {
            return Forbidden();
        }

        if (item is null || item.Delivery.Lost || parameters is null)
        {
            return Missing();
        }

        if (!parameters.MakesSense)
        {
            return Reply.Html("<!doctype html><title>Error 400 (Bad Request)!!1</title><p>Your client has issued a malformed request.", 400);
        }

        if (Rendition.Of(item, parameters, state.Clock.GetUtcNow()) is not Rendition rendition)
        {
            return Missing();
        }

        string tag = string.Create(CultureInfo.InvariantCulture, $"\"{parameters.Name}-{key:x16}\"");
        if (item.Delivery.Unstable)
        {
            rendition = rendition.Remade(Identifier.Mix(key + (ulong)serial), item.CreationTime);
            tag = string.Create(CultureInfo.InvariantCulture, $"\"{parameters.Name}-{key:x16}-{serial:x}\"");
        }

        return Serve(exchange, item, tag, rendition);
    }

    // A picture in an error's place is what has fooled clients into saving it.
    private static Reply Missing() => new() { Status = 404, ContentType = "image/jpeg", Body = [ByteSlice.Of(Placeholder)] };

    private Reply Serve(Exchange exchange, MediaItem item, string tag, Rendition rendition)
    {
        long total = rendition.Length;
        bool ranges = !item.Delivery.NoRange;
        List<KeyValuePair<string, string>> headers =
        [
            new("Cache-Control", "private, max-age=86400, no-transform"),
            new("Content-Disposition", ContentDisposition.Inline(item.FileName)),
        ];
        if (ranges)
        {
            headers.Add(new("Accept-Ranges", "bytes"));
            headers.Add(new("ETag", tag));
        }

        string? condition = exchange.Request.Headers.IfRange;
        ByteRange? range = ranges && (condition is null || condition == tag)
            ? ByteRange.Read(exchange.Request.Headers.Range, total)
            : null;
        string announced = item.Delivery.NoLength ? "*" : total.ToString(CultureInfo.InvariantCulture);
        if (range is { Length: 0 })
        {
            headers.Add(new("Content-Range", $"bytes */{announced}"));
            return new Reply { Status = 416, Headers = headers };
        }

        if (range is ByteRange asked)
        {
            string span = string.Create(CultureInfo.InvariantCulture, $"bytes {asked.Start}-{asked.Start + asked.Length - 1}");
            headers.Add(new("Content-Range", $"{span}/{announced}"));
        }

        return new Reply
        {
            Status = range is null ? 200 : 206,
            ContentType = rendition.ContentType,
            Headers = headers,
            Body = range?.Cut(rendition.Body) ?? rendition.Body,
            AnnouncesLength = !item.Delivery.NoLength,
            BodySent = bytes => state.Downloads.Add(item.Id, bytes),
        };
    }
}
