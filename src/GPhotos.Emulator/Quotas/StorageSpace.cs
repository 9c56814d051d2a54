using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Quotas;

/// <summary>What is left of the account's storage. Uploads are taken in any case; it is items that take room.</summary>
internal sealed class StorageSpace
{
    private readonly Lock _lock = new();
    private long? _free;

    /// <summary>Bytes left; null for as many as one likes.</summary>
    public long? Free
    {
        get
        {
            lock (_lock)
            {
                return _free;
            }
        }

        set
        {
            lock (_lock)
            {
                _free = value;
            }
        }
    }

    /// <summary>Takes room for all the new items of a call, or for none.</summary>
    public void Take(long bytes)
    {
        lock (_lock)
        {
            if (bytes > _free)
            {
                throw GoogleError.InvalidArgument("The remaining storage in the user's account is not enough to perform this operation.");
            }

            _free -= bytes;
        }
    }
}
