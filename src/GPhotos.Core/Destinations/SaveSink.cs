using System.Security.Cryptography;

namespace GPhotos.Core.Destinations;

/// <summary>Takes the bytes of one file, in order. What is not completed leaves nothing under the file's name.</summary>
internal abstract class SaveSink : IAsyncDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>How many bytes it has.</summary>
    public long Position { get; private set; }

    /// <summary>SHA-256 of what it has, in lower-case hex.</summary>
    public string Sha256 => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        await WriteCoreAsync(bytes, cancellationToken).ConfigureAwait(false);
        Count(bytes.Span);
    }

    /// <summary>Whether nothing more can be added to what it has.</summary>
    public virtual bool IsBroken => false;

    /// <summary>The last byte is in. A place that is reached by a line has them all when this is over; a fault here is one of the transfer.</summary>
    public virtual ValueTask SealAsync(CancellationToken cancellationToken) => default;

    /// <summary>Makes a sealed file real.</summary>
    /// <returns>Where what stood there was moved, since somebody had changed it; else null.</returns>
    /// <exception cref="FileExistsException">Something of that name appeared meanwhile and is not to be replaced.</exception>
    public abstract ValueTask<string?> CompleteAsync(CancellationToken cancellationToken);

    /// <summary>Gives up what it has, for good: the next try begins anew.</summary>
    public abstract ValueTask AbandonAsync();

    /// <inheritdoc/>
    public virtual ValueTask DisposeAsync()
    {
        _hash.Dispose();
        GC.SuppressFinalize(this);
        return default;
    }

    protected abstract ValueTask WriteCoreAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken);

    /// <summary>Takes bytes into account that are there.</summary>
    protected void Count(ReadOnlySpan<byte> bytes)
    {
        _hash.AppendData(bytes);
        Position += bytes.Length;
    }
}
