using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>A bucket and the objects in it. A name has one live object; what was there before is gone.</summary>
internal sealed class Bucket(string name, string project, string storageClass, TimeProvider clock) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(Utf8Order.Instance);
    private long _lastGeneration;

    public string Name => name;

    public string Project => project;

    public string StorageClass => storageClass;

    public DateTimeOffset TimeCreated { get; } = clock.GetUtcNow();

    public StoredObject? Find(string objectName)
    {
        lock (_lock)
        {
            return _objects.GetValueOrDefault(objectName);
        }
    }

    /// <summary>
    /// Makes an object, in the place of the one of that name if there is one. The content belongs to it from here on.
    /// </summary>
    public StoredObject Put(
        string objectName, ObjectMetadata metadata, string objectClass, ObjectContent content, Preconditions conditions)
    {
        lock (_lock)
        {
            StoredObject? replaced = _objects.GetValueOrDefault(objectName);
            conditions.Check(replaced);

            // Google's generations are microseconds too.
            DateTimeOffset now = clock.GetUtcNow();
            _lastGeneration = Math.Max(_lastGeneration + 1, (now - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond);
            StoredObject made = new(name, objectName, _lastGeneration, metadata, objectClass, content, now);
            _objects[objectName] = made;
            _names.Add(objectName);
            replaced?.Content.Dispose();
            return made;
        }
    }

    /// <summary>Changes the metadata of an object.</summary>
    public StoredObject Patch(string objectName, long? generation, Preconditions conditions, RequestObject changes)
    {
        lock (_lock)
        {
            StoredObject current = Existing(objectName, generation);
            conditions.Check(current);
            if (changes.String("storageClass") is string asked && asked != current.StorageClass)
            {
                throw StorageErrors.Invalid("The storage class of an object cannot be patched; it has to be rewritten.");
            }

            return _objects[objectName] = current with
            {
                Metadata = current.Metadata.Merge(changes),
                Metageneration = current.Metageneration + 1,
                Updated = clock.GetUtcNow(),
            };
        }
    }

    public void Delete(string objectName, long? generation, Preconditions conditions)
    {
        lock (_lock)
        {
            StoredObject current = Existing(objectName, generation);
            conditions.Check(current);
            _objects.Remove(objectName);
            _names.Remove(objectName);
            current.Content.Dispose();
        }
    }

    /// <summary>The object of a name, in one generation where that is asked for, or the refusal that there is none.</summary>
    public StoredObject Existing(string objectName, long? generation)
    {
        StoredObject? found = Find(objectName);
        return found is not null && (generation is null || generation == found.Generation)
            ? found
            : throw StorageErrors.NoSuchObject(name, objectName);
    }

    /// <summary>Looks through the objects in their order from a name on; while it does, nothing changes.</summary>
    /// <param name="from">The first name that counts.</param>
    /// <param name="visit">Told each object; false ends it.</param>
    public void Visit(string from, Func<StoredObject, bool> visit)
    {
        lock (_lock)
        {
            if (_names.Max is not string last || Utf8Order.Instance.Compare(from, last) > 0)
            {
                return;
            }

            foreach (string objectName in _names.GetViewBetween(from, last))
            {
                if (!visit(_objects[objectName]))
                {
                    return;
                }
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            foreach (StoredObject one in _objects.Values)
            {
                one.Content.Dispose();
            }

            _objects.Clear();
            _names.Clear();
        }
    }
}
