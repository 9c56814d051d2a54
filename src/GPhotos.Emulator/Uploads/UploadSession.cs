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
    public string Id => id;

    public Caller Owner => owner;

    public Announcement Announced => announced;

    public SessionStatus Status { get; private set; }

    public IncomingContent Content { get; } = new(room);

    public CommandTurn Turn { get; } = new();

    /// <summary>The upload token, once there is one.</summary>
    public string? Token { get; private set; }

    /// <summary>Ends the session if its time is over and no command is at work on it.</summary>
    public void ExpireIfIdle(DateTimeOffset now)
    {
        if (Status == SessionStatus.Active && expires <= now && Turn.TryEnter())
        {
            End(SessionStatus.Terminated);
            Turn.Leave();
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
        Turn.Dispose();
    }
}
