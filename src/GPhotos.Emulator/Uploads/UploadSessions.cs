using System.Collections.Concurrent;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Uploads;

/// <summary>The resumable uploads. A session lives seven days; that it did is remembered.</summary>
internal sealed class UploadSessions(SpoolRoom room, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, UploadSession> _sessions = new(StringComparer.Ordinal);

    public UploadSession Start(Caller owner, Announcement announced)
    {
        foreach (UploadSession old in _sessions.Values)
        {
            old.ExpireIfIdle(clock.GetUtcNow());
        }

        UploadSession session = new(TokenStore.Opaque("AEmuUp", 84), owner, announced, clock.GetUtcNow() + Lifetime, room);
        _sessions[session.Id] = session;
        return session;
    }

    /// <summary>The session, ended if its time is over.</summary>
    public UploadSession? Find(string id)
    {
        UploadSession? session = _sessions.GetValueOrDefault(id);
        session?.ExpireIfIdle(clock.GetUtcNow());
        return session;
    }

    public void Dispose()
    {
        foreach (UploadSession session in _sessions.Values)
        {
            session.Dispose();
        }
    }
}
