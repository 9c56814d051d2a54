using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>
/// The end of one item's way: its bytes are in, now it gets its name, and only then its row in the catalog, so that no row tells of a file that is
/// not there. Needs no line: the lane goes on to the next item meanwhile.
/// </summary>
internal sealed class SaveCompletion(SaveTicket ticket, SaveOptions options, ItemNames names) : IAsyncDisposable
{
    public SaveTicket Ticket { get; } = ticket;

    /// <summary>The bytes of the picture; null where it is saved already.</summary>
    public SaveSink? Picture { get; set; }

    /// <summary>Whether nobody could say ahead how long the picture is, so that a file that stands could not be known by its length.</summary>
    public bool IsLengthUnknown { get; set; }

    /// <summary>The path the picture will have.</summary>
    public string? Path { get; set; }

    /// <summary>The bytes of the moving part; null where there is none, or it is saved already.</summary>
    public SaveSink? Motion { get; set; }

    /// <summary>The path the moving part will have; empty: there is none; null: nobody asked.</summary>
    public string? MotionPath { get; set; }

    /// <summary>Why the moving part could not be had.</summary>
    public GPhotosException? MotionError { get; set; }

    public async Task<SaveResult> CompleteAsync(CancellationToken cancellationToken)
    {
        Destination destination = Ticket.Destination!;
        string? aside = null;
        bool stood = IsLengthUnknown && await StoodAsync(cancellationToken).ConfigureAwait(false);
        if (!stood && Picture is { } picture)
        {
            aside = await picture.CompleteAsync(cancellationToken).ConfigureAwait(false);
            Ticket.Stands(Path!, picture.Position, picture.Sha256);
        }

        if (MotionPath is { } motion)
        {
            if (Motion is not null)
            {
                string? motionAside = await Motion.CompleteAsync(cancellationToken).ConfigureAwait(false);
                aside ??= motionAside;
            }
            else
            {
                await destination.NoteNoMotionAsync(Ticket.File!, cancellationToken).ConfigureAwait(false);
            }

            Ticket.File = destination.Catalog.SavedMotion(Ticket.File!, motion, Motion?.Position ?? 0);
        }

        if (MotionError is { } error)
        {
            throw error;
        }

        CatalogFile file = Ticket.File!;
        MediaItem item = Ticket.Item ?? file.Item!;
        if (options.Sidecar)
        {
            await Sidecar.WriteAsync(destination, file, item, cancellationToken).ConfigureAwait(false);
        }

        bool isWhole = Ticket.Standing == Standing.Whole;
        return new SaveResult
        {
            Status = stood || Picture is null ? SaveStatus.AlreadySaved : SaveStatus.Saved,
            FullName = destination.FullNameOf(file.Path!),
            Length = isWhole ? file.Length : destination.LengthOf(file.Path!) ?? 0,
            Sha256 = isWhole ? file.Sha256 : null,
            RenamedFrom = ItemNames.RenamedFrom(item, file.Path!),
            MotionFullName = options.Motion && file.MotionPath is { Length: > 0 } path ? destination.FullNameOf(path) : null,
            SidecarFullName = options.Sidecar ? destination.FullNameOf(Sidecar.PathOf(file.Path!)) : null,
            SetAsideAs = aside,
            MediaItem = item,
        };
    }

    // The very bytes stand there already, of a run that could not note it: what was downloaded is dropped.
    private async Task<bool> StoodAsync(CancellationToken cancellationToken)
    {
        if (Ticket.File!.Path is not null || options.Force)
        {
            return false;
        }

        Destination destination = Ticket.Destination!;
        foreach (string path in names.Possible(Ticket))
        {
            if (destination.LengthOf(path) == Picture!.Position
                && await destination.HashAsync(path, cancellationToken).ConfigureAwait(false) == Picture.Sha256
                && destination.Catalog.TryTake(Ticket.File, path))
            {
                await Picture.AbandonAsync().ConfigureAwait(false);
                Ticket.Stands(path, Picture.Position, Picture.Sha256);
                return true;
            }
        }

        return false;
    }

    public async ValueTask DisposeAsync()
    {
        if (Picture is { } picture)
        {
            await picture.DisposeAsync().ConfigureAwait(false);
        }

        if (Motion is { } motion)
        {
            await motion.DisposeAsync().ConfigureAwait(false);
        }
    }
}
