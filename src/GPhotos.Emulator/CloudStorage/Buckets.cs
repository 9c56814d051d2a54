using System.Collections.Concurrent;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// The buckets there are. Their names are one space for all projects, and whoever has a scope for it may use them.
/// </summary>
internal sealed class Buckets(TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);

    public Bucket Add(string? name, string project, string? storageClass)
    {
        Bucket bucket = new(ObjectName.CheckBucket(name), project, StorageClass.Read(storageClass, StorageClass.Standard), clock);
        return _buckets.TryAdd(bucket.Name, bucket) ? bucket : throw StorageErrors.BucketExists();
    }

    public Bucket Get(string name) => _buckets.GetValueOrDefault(name) ?? throw StorageErrors.NoSuchBucket();

    /// <summary>The buckets in the order of their names.</summary>
    public IReadOnlyList<Bucket> List() => [.. _buckets.Values.OrderBy(bucket => bucket.Name, StringComparer.Ordinal)];

    public void Dispose()
    {
        foreach (Bucket bucket in _buckets.Values)
        {
            bucket.Dispose();
        }
    }
}
