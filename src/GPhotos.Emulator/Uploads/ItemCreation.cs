using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Uploads;

/// <summary>What will come of one entry of a batchCreate call, before anything is changed.</summary>
/// <param name="Wanted">The entry.</param>
/// <param name="Code">Its status.</param>
/// <param name="Upload">The bytes its token stands for, where the token is used up by this.</param>
/// <param name="Known">The item that holds the bytes already.</param>
/// <param name="Facts">What the bytes say of themselves, where an item is to be made of them.</param>
internal sealed record PlannedItem(NewMediaItem Wanted, RpcCode Code, Upload? Upload, MediaItem? Known, MediaFacts? Facts);

/// <summary>What came of one entry: an item, new or known, or the code of why there is none.</summary>
internal sealed record CreatedItem(string UploadToken, RpcCode Code, MediaItem? Item);

/// <summary>Makes items of uploads in two steps, so that a call can be refused as a whole with nothing done. Callers hold the library's gate.</summary>
internal sealed class ItemCreation(PhotoLibrary library, UploadTokens tokens, ItemFactory factory)
{
    public IReadOnlyList<PlannedItem> Plan(IReadOnlyList<NewMediaItem> wanted, Caller caller)
    {
        // Of tokens and of hashes: both tell that the same bytes occur twice in one call.
        HashSet<string> seen = new(StringComparer.Ordinal);
        return [.. wanted.Select(item => PlanOne(item, caller, seen))];
    }

    /// <summary>Uses the token up and makes the item, if that is the plan.</summary>
    public CreatedItem Carry(PlannedItem plan)
    {
        string token = plan.Wanted.UploadToken;
        if (plan.Upload is not Upload upload)
        {
            return new CreatedItem(token, plan.Code, null);
        }

        if (!tokens.Remove(token))
        {
            // Its day ended since the plan was made.
            return new CreatedItem(token, RpcCode.InvalidArgument, null);
        }

        if (plan.Facts is not MediaFacts facts)
        {
            tokens.Release(upload);
            return new CreatedItem(token, plan.Code, plan.Known);
        }

        MediaItem item = factory.Make(
            upload.Owner, upload.Content, facts, plan.Wanted.FileName ?? upload.FileName, plan.Wanted.Description);
        library.Add(item, upload.Content.Sha256());
        return new CreatedItem(token, RpcCode.Ok, item);
    }

    private PlannedItem PlanOne(NewMediaItem wanted, Caller caller, HashSet<string> seen)
    {
        if (tokens.Find(wanted.UploadToken, caller) is not Upload upload)
        {
            return new PlannedItem(wanted, RpcCode.InvalidArgument, null, null, null);
        }

        if (!seen.Add(wanted.UploadToken))
        {
            return new PlannedItem(wanted, RpcCode.AlreadyExists, null, null, null);
        }

        string hash = upload.Content.Sha256();
        return !seen.Add(hash) ? new PlannedItem(wanted, RpcCode.AlreadyExists, upload, null, null)
            : library.TryFindByHash(caller.User, hash, out MediaItem? known) ? new PlannedItem(wanted, RpcCode.Ok, upload, known, null)
            : MediaInspector.Inspect(upload.Content.Open()) is MediaFacts facts ? new PlannedItem(wanted, RpcCode.Ok, upload, null, facts)
            : new PlannedItem(wanted, RpcCode.InvalidArgument, upload, null, null);
    }
}
