using System.Collections.Concurrent;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Uploads;

/// <summary>Bytes that have arrived but are no media item yet.</summary>
internal sealed record Upload(Caller Owner, StoredContent Content, string? FileName, DateTimeOffset Expires);

/// <summary>Upload tokens: good for a day, and for one media item.</summary>
internal sealed class UploadTokens(ContentStore contents, TimeProvider clock)
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(1);

    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Keeps the bytes and gives the token for them.</summary>
    public string Add(Caller owner, StoredContent content, string? fileName)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach ((string old, Upload upload) in _uploads)
        {
            if (upload.Expires <= now && Remove(old))
            {
                Release(upload);
            }
        }

        string token = TokenStore.Opaque("CAIS", 210);
        _uploads[token] = new Upload(owner, contents.Hold(content), fileName, now + Lifetime);
        return token;
    }

    /// <summary>The upload, if it is the caller's and its day is not over.</summary>
    public Upload? Find(string token, Caller caller) =>
        _uploads.TryGetValue(token, out Upload? upload) && upload.Owner == caller && upload.Expires > clock.GetUtcNow() ? upload : null;

    /// <summary>Uses a token up. Who does so holds the bytes in its stead, and releases them unless an item is made of them.</summary>
    public bool Remove(string token) => _uploads.TryRemove(token, out _);

    public void Release(Upload upload) => contents.Release(upload.Content);
}
