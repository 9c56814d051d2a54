using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Picker;

/// <summary>Every picking session there was.</summary>
internal sealed class PickingSessions(PickerSettings settings, TimeProvider clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, PickingSession> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PickingSession> _byPageKey = new(StringComparer.Ordinal);
    private readonly List<PickingSession> _all = [];

    /// <summary>Creates a session, unless the caller made one with this request id that is still there.</summary>
    /// <returns>The session, and whether it is a new one.</returns>
    public (PickingSession Session, bool IsNew) Create(Caller caller, string? requestId, long? maximum)
    {
        PickerOptions options = settings.Current;
        DateTimeOffset now = clock.GetUtcNow();
        lock (_lock)
        {
            List<PickingSession> live = [.. _all.Where(session => session.Owner.User == caller.User && IsLive(session, now))];
            if (requestId is not null
                && live.Find(session => session.RequestId == requestId && session.Owner == caller) is PickingSession earlier)
            {
                return (earlier, false);
            }

            if (options.InactiveUsers.Contains(caller.User, StringComparer.Ordinal))
            {
                throw PickerErrors.NoActiveAccount();
            }

            if (options.SessionLimit > 0 && live.Count >= options.SessionLimit)
            {
                throw PickerErrors.TooManySessions();
            }

            PickingSession session = new()
            {
                Id = Guid.NewGuid().ToString(),
                PageKey = TokenStore.Opaque("", 48),
                Owner = caller,
                RequestId = requestId,
                AskedMaximum = maximum,
                Created = now,
                TimesOut = now + options.Timeout,
                Expires = now + options.SessionLifetime,
            };
            _all.Add(session);
            _byId.Add(session.Id, session);
            _byPageKey.Add(session.PageKey, session);
            return (session, true);
        }
    }

    /// <summary>The caller's session. One that is over is as unknown as one that never was.</summary>
    public PickingSession Live(string id, Caller caller) =>
        Find(id) is PickingSession session && session.Owner == caller && IsLive(session, clock.GetUtcNow())
            ? session
            : throw GoogleError.ForStatus(404);

    /// <summary>The session, over or not.</summary>
    public PickingSession? Find(string id)
    {
        lock (_lock)
        {
            return _byId.GetValueOrDefault(id);
        }
    }

    /// <summary>The session of a page, over or not.</summary>
    public PickingSession? FindByPage(string pageKey)
    {
        lock (_lock)
        {
            return _byPageKey.GetValueOrDefault(pageKey);
        }
    }

    /// <summary>All of them, the oldest first.</summary>
    public IReadOnlyList<PickingSession> Snapshot()
    {
        lock (_lock)
        {
            return [.. _all];
        }
    }

    public static bool IsLive(PickingSession session, DateTimeOffset now) =>
        session.StateAt(now) is SessionState.Picking or SessionState.Picked;
}
