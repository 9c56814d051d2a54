using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>Chooses the names of a run's files: claimed before their bytes are known, settled when they begin to come.</summary>
internal sealed class ItemNames(SaveOptions options, MediaForm form)
{
    /// <summary>Looks into the catalog, and gives an item that is to be downloaded its name.</summary>
    public void Enter(SaveTicket ticket)
    {
        LookAgain(ticket);
        if (ticket.NeedsBytes)
        {
            Claim(ticket);
        }
    }

    /// <summary>Looks into the catalog.</summary>
    public void LookAgain(SaveTicket ticket)
    {
        Destination destination = ticket.Destination!;
        ticket.File = destination.Catalog.Find(ticket.Request.Id, form.Key);
        ticket.Standing = ticket.File is { Path: { } path } saved ? destination.Look(path, saved.Length) : null;
        ticket.NeedsBytes = options.Force || ticket.Standing is null or Standing.Damaged;
    }

    /// <summary>Gives an item its name, once it is known.</summary>
    public void Claim(SaveTicket ticket)
    {
        if (ticket.Item is not { } item || ticket.File?.Path is not null)
        {
            return;
        }

        Destination destination = ticket.Destination!;
        string folder = FileNames.Folder(item, options.Layout);
        ticket.File = destination.Catalog.Claim(
            item,
            form.Key,
            folder,
            Candidates(ticket).Select(n => (n, FileNames.Likely(n, form.IsVideo(item), options.Motion))),
            path => !options.Force && destination.LengthOf(path) is not null && !destination.MayBe(path, item))
            ?? throw NoName(ticket, folder + Candidates(ticket)[^1]);
    }

    /// <summary>Where a run that could not note it may have left the item: by name and time.</summary>
    public IEnumerable<string> Possible(SaveTicket ticket)
    {
        MediaItem item = ticket.Item!;
        string folder = FileNames.Folder(item, options.Layout);
        return Candidates(ticket)
            .SelectMany(n => FileNames.Likely(n, form.IsVideo(item), withMotion: false).Prepend(n))
            .Select(n => folder + n)
            .Where(p => ticket.Destination!.MayBe(p, item) && ticket.Destination.Catalog.MayTake(ticket.File!, p));
    }

    /// <summary>The first name that is the item's or free, with the ending that the bytes ask for.</summary>
    /// <exception cref="FileExistsException">Others have every name it could have.</exception>
    public (string Path, Overwrite Overwrite) Settle(SaveTicket ticket, ReadOnlySpan<byte> head)
    {
        CatalogFile file = ticket.File!;
        string folder = FileNames.FolderOf(file.Claim!);
        string claimed = file.Claim![folder.Length..];
        List<string> paths = [];
        foreach (string name in Candidates(ticket).SkipWhile(n => n != claimed).DefaultIfEmpty(claimed))
        {
            paths.Add(folder + ContentKind.NameFor(name, head));
        }

        return First(ticket, paths, file.Path);
    }

    /// <summary>The name of the moving part: that of its picture.</summary>
    /// <exception cref="FileExistsException">Others have every name it could have.</exception>
    public (string Path, Overwrite Overwrite) SettleMotion(SaveTicket ticket, string picture, ReadOnlySpan<byte> head)
    {
        string folder = FileNames.FolderOf(picture);
        string name = ContentKind.NameFor(MotionOf(picture)[folder.Length..], head);
        return First(ticket, [folder + name, folder + SafeFileName.Mark(name, "motion")], ticket.File!.MotionPath);
    }

    /// <summary>The name that the moving part of a picture should have.</summary>
    public static string MotionOf(string picture) => SafeFileName.WithExtension(picture, ".mp4");

    /// <summary>Google's name of an item whose file has another; else null.</summary>
    public static string? RenamedFrom(MediaItem item, string path) =>
        path[FileNames.FolderOf(path).Length..] == item.FileName ? null : item.FileName;

    // Worked out once: a hash and a walk over the name are not for every question.
    private IReadOnlyList<string> Candidates(SaveTicket ticket) => ticket.Names ??= FileNames.Candidates(ticket.Item!, form);

    private (string Path, Overwrite Overwrite) First(SaveTicket ticket, IEnumerable<string> paths, string? own)
    {
        Destination destination = ticket.Destination!;
        string last = "";
        foreach (string path in paths)
        {
            last = path;
            if (path == own && !destination.IsFolder(path))
            {
                return (path, options.Force ? Overwrite.Force : Overwrite.Repair);
            }

            if (destination.Catalog.TryTake(ticket.File!, path) && (options.Force || destination.LengthOf(path) is null))
            {
                return (path, options.Force ? Overwrite.Force : Overwrite.No);
            }
        }

        throw NoName(ticket, last);
    }

    private static FileExistsException NoName(SaveTicket ticket, string last)
    {
        string full = ticket.Destination!.FullNameOf(last);
        return new FileExistsException($"{ticket.Subject} was not saved: other files have every name it could have, last '{full}'.", full);
    }
}
