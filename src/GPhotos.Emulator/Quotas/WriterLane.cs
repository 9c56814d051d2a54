using System.Collections.Concurrent;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Quotas;

/// <summary>Lets one write of a user through at a time. Google's number is not known; one is what its advice comes to.</summary>
internal sealed class WriterLane
{
    private readonly ConcurrentDictionary<string, byte> _writing = new(StringComparer.Ordinal);

    /// <summary>Takes the lane until the result is disposed.</summary>
    public IDisposable Enter(string user) => _writing.TryAdd(user, 0) ? new Turn(this, user) : throw QuotaErrors.Concurrent();

    private sealed class Turn(WriterLane lane, string user) : IDisposable
    {
        public void Dispose() => lane._writing.TryRemove(user, out _);
    }
}
