using System.Collections.Concurrent;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The resumable inserts. A session lives a week; that it did is remembered.</summary>
internal sealed class InsertSessions(SpoolRoom room, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, InsertSession> _sessions = new(StringComparer.Ordinal);

    public InsertSession Start(NewObject announced, long? size)
    {
        DateTimeOffset now = clock.GetUtcNow();
        foreach (InsertSession old in _sessions.Values)
        {
            old.ExpireIfIdle(now);
        }

        InsertSession session = new(TokenStore.Opaque("AEmuIn", 84), announced, size, now + Lifetime, room);
        _sessions[session.Id] = session;
        return session;
    }

    /// <summary>The session of a bucket by its id, ended if its time is over.</summary>
    public InsertSession Get(string bucket, string? id)
    {
        InsertSession? session = id is null ? null : _sessions.GetValueOrDefault(id);
        session?.ExpireIfIdle(clock.GetUtcNow());
        return session?.Announced.Bucket.Name == bucket ? session : throw StorageErrors.NoSuchSession();
    }

    public void Dispose()
    {
        foreach (InsertSession session in _sessions.Values)
        {
            session.Dispose();
        }
    }
}
