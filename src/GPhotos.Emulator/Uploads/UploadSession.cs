using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Uploads;

/// <summary>What X-Goog-Upload-Status can say.</summary>
internal enum SessionStatus
{
    Active,
    Final,
    Cancelled,

    /// <summary>The session outlived its seven days.</summary>
    Terminated,
}

/// <summary>What a start announced of the bytes to come.</summary>
internal sealed record Announcement(long RawSize, string? FileName, string? Sha1);

/// <summary>A resumable upload. One command at a time is at work on it.</summary>
internal sealed class UploadSession(string id, Caller owner, Announcement announced, DateTimeOffset expires, SpoolRoom room) : IDisposable
{
    private readonly SemaphoreSlim _turn = new(1, 1);
    private volatile CancellationTokenSource _superseded = new();

    public string Id => id;

    public Caller Owner => owner;

    public Announcement Announced => announced;

    public SessionStatus Status { get; private set; }

    public IncomingContent Content { get; } = new(room);

    /// <summary>The upload token, once there is one.</summary>
    public string? Token { get; private set; }

    /// <summary>
    /// Waits for the turn of a command. The one before is stopped: its client has given up on it or it would not send another, but a
    /// broken line may not have been noticed here yet.
    /// </summary>
    /// <returns>Cancelled when the next command comes.</returns>
    public async Task<CancellationToken> EnterAsync(CancellationToken aborted)
    {
        await _superseded.CancelAsync();
        await _turn.WaitAsync(aborted);

        // The old source is left to the collector: another newcomer may be cancelling it just now.
        _superseded = new CancellationTokenSource();
        return _superseded.Token;
    }

    public void Leave() => _turn.Release();

    /// <summary>Ends the session if its time is over and no command is at work on it.</summary>
    public void ExpireIfIdle(DateTimeOffset now)
    {
        if (Status == SessionStatus.Active && expires <= now && _turn.Wait(0))
        {
            End(SessionStatus.Terminated);
            Leave();
        }
    }

    /// <summary>Ends the session with its token, or with none where the server refuses what it got.</summary>
    public void Finish(string? token)
    {
        Token = token;
        End(SessionStatus.Final);
    }

    /// <summary>Ends the session and lets the bytes go that nobody took over.</summary>
    public void End(SessionStatus status)
    {
        Status = status;
        Content.Dispose();
    }

    public void Dispose()
    {
        Content.Dispose();
        _turn.Dispose();
        _superseded.Dispose();
    }
}
