using System.Collections.Concurrent;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Uploads;

/// <summary>Bytes that have arrived but are no media item yet.</summary>
internal sealed record Upload(StoredContent Content, string? FileName, DateTimeOffset Expires);

/// <summary>Upload tokens: good for a day, and for one media item.</summary>
internal sealed class UploadTokens(TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, StoredContent> _contents = new(StringComparer.Ordinal);

    /// <summary>Keeps the bytes, once however often they come, and gives the token for them.</summary>
    public string Add(StoredContent content, string? fileName)
    {
        StoredContent kept = _contents.GetOrAdd(content.Sha256(), content);
        string token = TokenStore.Opaque("CAIS", 210);
        _uploads[token] = new Upload(kept, fileName, clock.GetUtcNow() + Lifetime);
        return token;
    }

    public Upload? Find(string token) =>
        _uploads.TryGetValue(token, out Upload? upload) && upload.Expires > clock.GetUtcNow() ? upload : null;

    public void Use(string token) => _uploads.TryRemove(token, out _);
}
