using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>
/// The end of one item's way: its bytes are in, now it gets its name, and only then its row in the catalog, so that no row tells of a file that is
/// not there. Needs no line: the lane goes on to the next item meanwhile.
/// </summary>
internal sealed class SaveCompletion(SaveTicket ticket, SaveOptions options) : IAsyncDisposable
{
    public SaveTicket Ticket { get; } = ticket;

    /// <summary>The bytes of the picture; null where it is saved already.</summary>
    public SaveSink? Picture { get; set; }

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
        if (Picture is { } picture)
        {
            aside = await picture.CompleteAsync(cancellationToken).ConfigureAwait(false);
            Ticket.File = destination.Catalog.Saved(Ticket.File!, Ticket.Item!, Path!, picture.Position, picture.Sha256);
            Ticket.Standing = Standing.Whole;
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
            Status = Picture is null ? SaveStatus.AlreadySaved : SaveStatus.Saved,
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
