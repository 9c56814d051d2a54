using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Uploads;

/// <summary>Uploaded bytes, once however often they came, for as long as an upload token or a media item holds them.</summary>
internal sealed class ContentStore : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, (StoredContent Content, int Holders)> _kept = new(StringComparer.Ordinal);

    /// <summary>Holds the bytes once more.</summary>
    /// <returns>The content that is kept: an earlier one of the same bytes, where there is one.</returns>
    public StoredContent Hold(StoredContent content)
    {
        lock (_lock)
        {
            (StoredContent kept, int holders) = _kept.GetValueOrDefault(content.Sha256(), (content, 0));
            _kept[content.Sha256()] = (kept, holders + 1);
            if (kept != content)
            {
                content.Dispose();
            }

            return kept;
        }
    }

    /// <summary>Lets go once; the last to do so ends the bytes. Content that was never held here is passed over.</summary>
    public void Release(MediaContent content)
    {
        lock (_lock)
        {
            if (content is not StoredContent stored || !_kept.TryGetValue(stored.Sha256(), out var entry) || entry.Content != stored)
            {
                return;
            }

            if (entry.Holders > 1)
            {
                _kept[stored.Sha256()] = (stored, entry.Holders - 1);
            }
            else
            {
                _kept.Remove(stored.Sha256());
                stored.Dispose();
            }
        }
    }

    public void Dispose()
    {
        foreach ((StoredContent content, _) in _kept.Values)
        {
            content.Dispose();
        }
    }
}
