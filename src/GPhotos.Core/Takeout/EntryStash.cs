namespace GPhotos.Core.Takeout;

/// <summary>
/// The bytes of entries that will most likely be asked for next: small ones in memory, large ones in temporary files, both within a bound. Those that are being read
/// stay until they are read.
/// </summary>
internal sealed class EntryStash
{
    private const int MostInMemory = 4 * 1024 * 1024;
    private const long MemoryBound = 32L * 1024 * 1024;
    private const long FileBound = 4L * 1024 * 1024 * 1024;

    private readonly LinkedList<(int Position, SpooledBytes Bytes)> _kept = [];
    private readonly byte[] _buffer = new byte[128 * 1024];

    /// <summary>Opens what is kept of an entry; null when nothing is.</summary>
    public Stream? TryOpen(int position)
    {
        for (LinkedListNode<(int Position, SpooledBytes Bytes)>? node = _kept.First; node is not null; node = node.Next)
        {
            if (node.Value.Position == position)
            {
                _kept.Remove(node);
                _kept.AddLast(node);
                return node.Value.Bytes.Open();
            }
        }

        return null;
    }

    /// <summary>Takes in the bytes of an entry, whole.</summary>
    public async Task AddAsync(int position, Stream source, CancellationToken cancellationToken)
    {
        SpooledBytes bytes = new(MostInMemory);
        try
        {
            for (int read; (read = await source.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false)) > 0;)
            {
                bytes.Append(_buffer.AsSpan(0, read));
            }
        }
        catch
        {
            bytes.Dispose();
            throw;
        }

        Remove(position);
        _kept.AddLast((position, bytes));
        while (_kept.Count > 1 && (SumOf(inMemory: true) > MemoryBound || SumOf(inMemory: false) > FileBound))
        {
            _kept.First!.Value.Bytes.Dispose();
            _kept.RemoveFirst();
        }
    }

    /// <summary>Lets go of everything.</summary>
    public void Clear()
    {
        foreach ((_, SpooledBytes bytes) in _kept)
        {
            bytes.Dispose();
        }

        _kept.Clear();
    }

    private long SumOf(bool inMemory) => _kept.Where(k => k.Bytes.IsInMemory == inMemory).Sum(k => k.Bytes.Length);

    private void Remove(int position)
    {
        if (_kept.FirstOrDefault(k => k.Position == position) is { Bytes: { } old } known)
        {
            old.Dispose();
            _kept.Remove(known);
        }
    }
}
