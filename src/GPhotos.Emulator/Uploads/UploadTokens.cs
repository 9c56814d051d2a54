using System.Collections.Concurrent;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Uploads;

/// <summary>Bytes that have arrived but are no media item yet.</summary>
internal sealed record Upload(StoredContent Content, string? FileName, DateTimeOffset Expires);

/// <summary>Upload tokens: good for a day, and for one media item.</summary>
internal sealed class UploadTokens(ContentStore contents, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Keeps the bytes and gives the token for them.</summary>
    public string Add(StoredContent content, string? fileName)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (string old in _uploads.Where(pair => pair.Value.Expires <= now).Select(pair => pair.Key))
        {
            Take(old);
        }

        string token = TokenStore.Opaque("CAIS", 210);
        _uploads[token] = new Upload(contents.Hold(content), fileName, now + Lifetime);
        return token;
    }

    /// <summary>Uses a token up. The taker holds the bytes in its stead, and has to release them where it makes no item of them.</summary>
    public Upload? Take(string token)
    {
        if (!_uploads.TryRemove(token, out Upload? upload))
        {
            return null;
        }

        if (upload.Expires > clock.GetUtcNow())
        {
            return upload;
        }

        contents.Release(upload.Content);
        return null;
    }

    public void Release(Upload upload) => contents.Release(upload.Content);
}
