using GPhotos.Core.Auth;
using GPhotos.Core.Destinations;
using GPhotos.Core.Downloads;
using GPhotos.Core.Media;

namespace GPhotos.Core.Gallery;

/// <summary>Where the thumbnail of an entry comes from: the file, the archive, or Google's media server.</summary>
internal sealed class ThumbnailSource(GPhotosClientOptions client, ThumbnailMaker maker, MediaTransfer transfer, SemaphoreSlim lanes, BaseUrls urls, int size)
{
    // A picture in an archive must be held whole, since an archive cannot be searched backwards.
    private const int LargestHeld = 256 * 1024 * 1024;

    private readonly MediaForm _form = MediaForm.Of(PictureBounds.Parse($"{size}x{size}"), crop: false);

    /// <summary>Whether it takes a base URL for certain; of a file that cannot be shown that turns out later.</summary>
    public static bool NeedsUrl(GalleryEntry entry) => entry.IsOnlineOnly && CanBeServed(entry);

    /// <summary>Null where nobody can show such a picture.</summary>
    /// <exception cref="GPhotosException">It cannot be had.</exception>
    public async Task<Thumbnail?> GetAsync(GalleryEntry entry, SaveTicket? ticket, bool mayAsk, CancellationToken cancellationToken)
    {
        Thumbnail? local = await LocalAsync(entry, cancellationToken).ConfigureAwait(false);
        return local ?? (mayAsk && ticket is not null && CanBeServed(entry) && client.Tokens is not NoSignIn
            ? await ServedAsync(ticket, cancellationToken).ConfigureAwait(false)
            : null);
    }

    // Google has no picture yet of a video that it still works on.
    private static bool CanBeServed(GalleryEntry entry) =>
        entry.MediaItem is { Id.Length: > 0, Origin: not LocalContent, Source: not MediaItemSource.Takeout, VideoStatus: not (VideoStatus.Processing or VideoStatus.Failed) };

    private async Task<Thumbnail?> LocalAsync(GalleryEntry entry, CancellationToken cancellationToken)
    {
        if (entry.IsFile)
        {
            return await FileAsync(entry.Path!, cancellationToken).ConfigureAwait(false);
        }

        return entry.MediaItem is { Origin: LocalContent content, MediaType: not MediaType.Video } && content.Length <= LargestHeld
            ? await HeldAsync(content, cancellationToken).ConfigureAwait(false)
            : null;
    }

    private async Task<Thumbnail?> FileAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            FileStream file = new(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            await using (file.ConfigureAwait(false))
            {
                return PageItems.IsVideo(path) ? null : await maker.MakeAsync(file, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"'{path}' cannot be read: {e.Message}", path, e);
        }
    }

    private async Task<Thumbnail?> HeldAsync(LocalContent content, CancellationToken cancellationToken)
    {
        // As long as it announces to be only when it is: archives may announce anything.
        using MemoryStream held = new();
        Stream bytes = await content.OpenAsync(cancellationToken).ConfigureAwait(false);
        await using (bytes.ConfigureAwait(false))
        {
            await bytes.CopyToAsync(held, cancellationToken).ConfigureAwait(false);
        }

        return await maker.MakeAsync(held, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Thumbnail?> ServedAsync(SaveTicket ticket, CancellationToken cancellationToken)
    {
        ticket.NeedsBytes = true;
        await urls.ReadyAsync(ticket).ConfigureAwait(false);
        if (ticket.Error is { } error)
        {
            throw error;
        }

        using Lane lane = new(lanes);
        SaveSink? sink = await transfer.RunAsync(ticket, _form, urls, lane, null, static _ => new(new ThumbnailSink()), cancellationToken).ConfigureAwait(false);
        await using (sink!.ConfigureAwait(false))
        {
            return await maker.MakeAsync(((ThumbnailSink)sink!).Bytes, cancellationToken).ConfigureAwait(false);
        }
    }
}
