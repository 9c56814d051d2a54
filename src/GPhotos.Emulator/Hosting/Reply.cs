using System.Text;
using System.Text.Json;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Hosting;

/// <summary>A whole reply before any of it is sent, so that a fault can delay, cut or lose it.</summary>
internal sealed class Reply : IDisposable
{
    private JsonBuffer? _buffer;

    public int Status { get; init; } = 200;

    public string? ContentType { get; init; }

    /// <summary>The quota whose end this reply tells of.</summary>
    public string? Quota { get; init; }

    /// <summary>The body in the order it is sent; pieces, so that media bytes need not be copied together.</summary>
    public IReadOnlyList<ByteSlice> Body { get; init; } = [];

    /// <summary>Whether the length of the body is told before it; without it the body comes in chunks.</summary>
    public bool AnnouncesLength { get; init; } = true;

    /// <summary>Told how many bytes of the body were sent, before the client can see its end; not called where no body is sent.</summary>
    public Action<long>? BodySent { get; init; }

    /// <summary>Keeps the body's source until the reply is sent.</summary>
    public IDisposable? Lease { get; init; }

    public List<KeyValuePair<string, string>> Headers { get; init; } = [];

    public long Length => Body.Sum(piece => piece.Length);

    public static Reply Json(Action<Utf8JsonWriter> write, int status = 200, string? quota = null)
    {
        JsonBuffer buffer = JsonBuffer.Rent();
        write(buffer.Writer);
        return new Reply
        {
            Status = status,
            Quota = quota,
            ContentType = "application/json; charset=UTF-8",
            Body = [ByteSlice.Of(buffer.Finish())],
            _buffer = buffer,
        };
    }

    /// <summary>What a method with nothing to say answers: <c>{}</c>.</summary>
    public static Reply EmptyObject() => Json(static json =>
    {
        json.WriteStartObject();
        json.WriteEndObject();
    });

    public static Reply Text(string text, int status = 200, string contentType = "text/plain; charset=UTF-8") =>
        new() { Status = status, ContentType = contentType, Body = [ByteSlice.Of(Encoding.UTF8.GetBytes(text))] };

    public static Reply Html(string html, int status = 200) => Text(html, status, "text/html; charset=UTF-8");

    public static Reply Redirect(string location) =>
        new() { Status = 302, Headers = [new KeyValuePair<string, string>("Location", location)] };

    public void Dispose()
    {
        _buffer?.Dispose();
        _buffer = null;
        Lease?.Dispose();
    }
}
