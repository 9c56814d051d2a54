using GPhotos.Emulator.Media;
using GPhotos.Emulator.Uploads;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>How a resumable insert stands.</summary>
internal enum InsertStatus
{
    Active,

    /// <summary>The object was made.</summary>
    Complete,

    Cancelled,

    /// <summary>The object was refused, or the week of the session is over.</summary>
    Gone,
}

/// <summary>A resumable insert between its start and its object.</summary>
internal sealed class InsertSession(string id, NewObject announced, long? announcedSize, DateTimeOffset expires, SpoolRoom room) : IDisposable
{
    public string Id => id;

    public NewObject Announced => announced;

    /// <summary>The size of the object, once the client has told it.</summary>
    public long? Size { get; private set; } = announcedSize;

    public ObjectContent Content { get; } = new(room);

    public InsertStatus Status { get; private set; }

    public StoredObject? Made { get; private set; }

    public CommandTurn Turn { get; } = new();

    /// <summary>Notes a size, and refuses one that is not that of before.</summary>
    public void Tell(long? size)
    {
        if (size is not null && Size is not null && size != Size)
        {
            throw StorageErrors.Invalid($"The object was announced with {Size} bytes, and now has {size}.");
        }

        if (size < Content.Length)
        {
            throw StorageErrors.Invalid($"{Content.Length} bytes have arrived, more than the {size} of the object.");
        }

        Size ??= size;
    }

    /// <summary>Makes the object. Where it is refused, the session is over too: no more bytes could put that right.</summary>
    public StoredObject Complete(ExpectedHashes hashesAtTheEnd)
    {
        try
        {
            Tell(Content.Length);
            NewObject complete = announced with { Hashes = hashesAtTheEnd.Or(announced.Hashes) };
            Made = complete.Make(Content);
            Status = InsertStatus.Complete;
            return Made;
        }
        catch (Wire.GoogleError)
        {
            End(InsertStatus.Gone);
            throw;
        }
    }

    public void Cancel() => End(InsertStatus.Cancelled);

    /// <summary>Ends the session if its time is over and no call is at work on it.</summary>
    public void ExpireIfIdle(DateTimeOffset now)
    {
        if (Status == InsertStatus.Active && expires <= now && Turn.TryEnter())
        {
            End(InsertStatus.Gone);
            Turn.Leave();
        }
    }

    public void Dispose()
    {
        if (Status == InsertStatus.Active)
        {
            Content.Dispose();
        }

        Turn.Dispose();
    }

    private void End(InsertStatus status)
    {
        Status = status;
        Content.Dispose();
    }
}
