using GPhotos.Core.Destinations;
using GPhotos.Core.Media;

namespace GPhotos.Core.Downloads;

/// <summary>What a lane does for one media item: finds it saved, or downloads it.</summary>
internal sealed class ItemSaver(MediaBytes bytes, MediaTransfer transfer, SemaphoreSlim lanes, SaveOptions options, BaseUrls urls, ItemNames names, MediaForm form)
{
    /// <summary>Downloads what is missing. What it returns is still to be completed, which needs no line and no lane.</summary>
    /// <returns>Null for a video that Google still works on.</returns>
    public async Task<SaveCompletion?> SaveAsync(SaveTicket ticket, CancellationToken cancellationToken)
    {
        SaveCompletion completion = new(ticket, options, names);
        using Lane lane = new(lanes);
        try
        {
            if (ticket.NeedsBytes || await IsDamagedAsync(ticket, cancellationToken).ConfigureAwait(false))
            {
                await NeedItemAsync(ticket, lane, cancellationToken).ConfigureAwait(false);
                if (!form.IsOriginal && ticket.Item!.Origin is LocalContent)
                {
                    throw new InvalidRequestException($"{ticket.Subject}: only Google's servers make thumbnails (-Size); of what is in an archive there is the original.");
                }

                if (form.IsVideo(ticket.Item!) && !IsReady(ticket))
                {
                    return null;
                }

                if (!await AdoptAsync(ticket, cancellationToken).ConfigureAwait(false))
                {
                    await DownloadAsync(completion, lane, cancellationToken).ConfigureAwait(false);
                }
            }

            await AddMotionAsync(completion, lane, cancellationToken).ConfigureAwait(false);
            if (options.Sidecar && ticket.Item is null)
            {
                await NeedItemAsync(ticket, lane, cancellationToken).ConfigureAwait(false);
            }

            return completion;
        }
        catch
        {
            await completion.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task NeedItemAsync(SaveTicket ticket, Lane lane, CancellationToken cancellationToken)
    {
        await lane.EnterAsync(cancellationToken).ConfigureAwait(false);
        ticket.NeedsBytes = true;
        await urls.ReadyAsync(ticket).ConfigureAwait(false);
        if (ticket.Error is { } error)
        {
            throw error;
        }

        if (ticket.File?.Claim is null)
        {
            names.Claim(ticket);
        }
    }

    private static bool IsReady(SaveTicket ticket) =>
        ticket.Item!.VideoStatus == VideoStatus.Failed
            ? throw new DownloadFailedException($"{ticket.Subject}: Google could not process the video, so there is nothing to download.", ticket.Request.Id)
            : !VideoWaits.IsWorkedOn(ticket);

    private async Task<bool> IsDamagedAsync(SaveTicket ticket, CancellationToken cancellationToken)
    {
        if (!options.Verify || ticket.Standing != Standing.Whole || ticket.File!.Sha256 is not { } saved)
        {
            return false;
        }

        bool isDamaged = await ticket.Destination!.HashAsync(ticket.File.Path!, cancellationToken).ConfigureAwait(false) != saved;
        ticket.Standing = isDamaged ? Standing.Damaged : Standing.Whole;
        return isDamaged;
    }

    // A run that died between the name and the catalog, or one without a catalog, left the file for us to know again: by the item's time, which a
    // save sets before the name, and the length that Google announces. One HEAD, no download.
    private async Task<bool> AdoptAsync(SaveTicket ticket, CancellationToken cancellationToken)
    {
        if (options.Force || ticket.File!.Path is not null)
        {
            return false;
        }

        if (ticket.File!.Partial is { IsWhole: true } whole && await AdoptAsync(ticket, whole, cancellationToken).ConfigureAwait(false))
        {
            return true;
        }

        long? announced = null;
        foreach (string path in names.Possible(ticket))
        {
            announced ??= await AnnouncedAsync(ticket, form, cancellationToken).ConfigureAwait(false);
            if (announced == ticket.Destination!.LengthOf(path) && ticket.Destination.Catalog.TryTake(ticket.File, path))
            {
                string sha256 = await ticket.Destination.HashAsync(path, cancellationToken).ConfigureAwait(false);
                ticket.Stands(path, announced.Value, sha256);
                return true;
            }
        }

        return false;
    }

    // What a run that died had given its name is what the catalog was told of just before: no request is needed.
    private static async Task<bool> AdoptAsync(SaveTicket ticket, CatalogPartial whole, CancellationToken cancellationToken)
    {
        Destination destination = ticket.Destination!;
        if (destination.LengthOf(whole.Path) != whole.Length
            || await destination.HashAsync(whole.Path, cancellationToken).ConfigureAwait(false) != whole.Sha256)
        {
            return false;
        }

        ticket.Stands(whole.Path, whole.Length, whole.Sha256);
        return true;
    }

    // -1 where nobody says. One that refuses to be asked so may serve the bytes all the same.
    private async Task<long> AnnouncedAsync(SaveTicket ticket, MediaForm of, CancellationToken cancellationToken)
    {
        if (ticket.Item!.Origin is LocalContent content)
        {
            return content.Length;
        }

        try
        {
            using HttpResponseMessage? head = await bytes.SendAsync(HttpMethod.Head, ticket, of, urls, null, cancellationToken).ConfigureAwait(false);
            return head?.Content.Headers.ContentLength ?? -1;
        }
        catch (Exception e) when (e is DownloadFailedException or ServiceUnavailableException)
        {
            return -1;
        }
    }

    private async Task DownloadAsync(SaveCompletion completion, Lane lane, CancellationToken cancellationToken)
    {
        SaveTicket ticket = completion.Ticket;
        (SaveSink Sink, string Tag)? half = await HalfAsync(completion, cancellationToken).ConfigureAwait(false);
        if (half is { Sink: { } whole } && whole.Position == ticket.File!.Partial!.Length)
        {
            completion.Picture = whole;
            return;
        }

        completion.Picture = await transfer.RunAsync(
            ticket,
            form,
            urls,
            lane,
            half,
            head =>
            {
                (completion.Path, Overwrite overwrite) = names.Settle(ticket, head.Bytes.Span);
                completion.IsLengthUnknown = head.Length is null;
                return ticket.Destination!.BeginAsync(Target(ticket, form, completion.Path, overwrite, head), cancellationToken);
            },
            cancellationToken).ConfigureAwait(false);
    }

    private async Task<(SaveSink, string)?> HalfAsync(SaveCompletion completion, CancellationToken cancellationToken)
    {
        SaveTicket ticket = completion.Ticket;
        if (options.Force || ticket.File!.Partial is not { } partial)
        {
            return null;
        }

        if (ticket.File.Path != partial.Path
            && (ticket.Destination!.LengthOf(partial.Path) is not null
                || FileNames.FolderOf(partial.Path) != FileNames.FolderOf(ticket.File.Claim!)
                || !ticket.Destination.Catalog.TryTake(ticket.File, partial.Path)))
        {
            // Somebody took the name meanwhile, or it is to stand elsewhere now.
            ticket.Destination.DropPartial(partial.Path);
            ticket.File = ticket.Destination.Catalog.ForgetPartial(ticket.File);
            return null;
        }

        completion.Path = partial.Path;
        SaveTarget target = new(ticket.Item!, form, ticket.File, partial.Path)
        {
            Length = partial.Length,
            Tag = partial.Tag,
            Overwrite = ticket.File.Path == partial.Path ? Overwrite.Repair : Overwrite.No,
        };
        return await ticket.Destination!.ResumeAsync(target, cancellationToken).ConfigureAwait(false) is { } sink ? (sink, partial.Tag) : null;
    }

    private async Task AddMotionAsync(SaveCompletion completion, Lane lane, CancellationToken cancellationToken)
    {
        SaveTicket ticket = completion.Ticket;
        if (!options.Motion || !LacksMotion(ticket))
        {
            return;
        }

        try
        {
            await NeedItemAsync(ticket, lane, cancellationToken).ConfigureAwait(false);
            if (await AdoptMotionAsync(completion, cancellationToken).ConfigureAwait(false))
            {
                return;
            }

            completion.Motion = await transfer.RunAsync(
                ticket,
                MediaForm.Motion,
                urls,
                lane,
                null,
                head =>
                {
                    (completion.MotionPath, Overwrite overwrite) = names.SettleMotion(ticket, completion.Path ?? ticket.File!.Path!, head.Bytes.Span);
                    return ticket.Destination!.BeginAsync(Target(ticket, MediaForm.Motion, completion.MotionPath, overwrite, head), cancellationToken);
                },
                cancellationToken).ConfigureAwait(false);
            completion.MotionPath = completion.Motion is null ? "" : completion.MotionPath;
        }
        catch (GPhotosException e)
        {
            // The picture itself is complete first. No path: what was begun is neither there nor known to be missing.
            (completion.MotionError, completion.MotionPath) = (e, null);
        }
    }

    private async Task<bool> AdoptMotionAsync(SaveCompletion completion, CancellationToken cancellationToken)
    {
        SaveTicket ticket = completion.Ticket;
        string path = ItemNames.MotionOf(completion.Path ?? ticket.File!.Path!);
        Destination destination = ticket.Destination!;
        if (options.Force || ticket.File!.MotionPath is not null || !destination.MayBe(path, ticket.Item!) || !destination.Catalog.MayTake(ticket.File, path)
            || destination.LengthOf(path) is not { } length || await AnnouncedAsync(ticket, MediaForm.Motion, cancellationToken).ConfigureAwait(false) != length
            || !destination.Catalog.TryTake(ticket.File, path))
        {
            return false;
        }

        ticket.File = destination.Catalog.SavedMotion(ticket.File, path, length);
        return true;
    }

    private bool LacksMotion(SaveTicket ticket)
    {
        CatalogFile? file = ticket.File;
        MediaItem? item = ticket.Item ?? file?.Item;
        // In an archive the moving part is an item of its own.
        return item is { MediaType: MediaType.Photo, Origin: not LocalContent }
            && (options.Force || file?.MotionPath is not { } path
                || (path.Length > 0 && ticket.Destination!.Look(path, file.MotionLength) == Standing.Damaged));
    }

    private static SaveTarget Target(SaveTicket ticket, MediaForm of, string path, Overwrite overwrite, MediaHead head) =>
        new(ticket.Item!, of, ticket.File!, path)
        {
            ContentType = ContentKind.MimeTypeOf(head.Bytes.Span) ?? head.ContentType ?? ticket.Item!.MimeType,
            Length = head.Length,
            Tag = of == MediaForm.Motion ? null : head.Tag,
            Overwrite = overwrite,
        };
}
