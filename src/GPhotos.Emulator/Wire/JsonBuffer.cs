using System.Buffers;
using System.Collections.Concurrent;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace GPhotos.Emulator.Wire;

/// <summary>A JSON writer over memory that is used again: pages of listings are the bulk of the traffic.</summary>
internal sealed class JsonBuffer : IDisposable
{
    private static readonly ConcurrentBag<JsonBuffer> Pool = [];

    // Google sends UTF-8 as it is; the syntax is ours alone, so checking it on each call would be waste.
    private static readonly JsonWriterOptions Options = new()
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    private readonly ArrayBufferWriter<byte> _bytes = new(4096);

    private JsonBuffer() => Writer = new Utf8JsonWriter(_bytes, Options);

    public Utf8JsonWriter Writer { get; }

    public static JsonBuffer Rent() => Pool.TryTake(out JsonBuffer? buffer) ? buffer : new JsonBuffer();

    public ReadOnlyMemory<byte> Finish()
    {
        Writer.Flush();
        return _bytes.WrittenMemory;
    }

    public void Dispose()
    {
        _bytes.ResetWrittenCount();
        Writer.Reset(_bytes);
        Pool.Add(this);
    }
}
