using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// What must be true of an object, or the call is refused. Generation 0 is that of an object that does not exist.
/// </summary>
internal readonly record struct Preconditions(
    long? Generation, long? NotGeneration, long? Metageneration, long? NotMetageneration)
{
    public static Preconditions Read(Exchange exchange) => Read(exchange, "if");

    /// <summary>Those for the object that is copied.</summary>
    public static Preconditions ReadSource(Exchange exchange) => Read(exchange, "ifSource");

    /// <summary>Refuses a call whose conditions do not hold.</summary>
    /// <param name="current">The object as it stands; null when there is none.</param>
    /// <param name="isRead">For reads, that nothing changed is told as 304.</param>
    public void Check(StoredObject? current, bool isRead = false)
    {
        long generation = current?.Generation ?? 0;
        long metageneration = current?.Metageneration ?? 0;
        if ((Generation is long asked && asked != generation) || (Metageneration is long meta && meta != metageneration))
        {
            throw StorageErrors.ConditionNotMet();
        }

        if (NotGeneration == generation || NotMetageneration == metageneration)
        {
            throw isRead ? StorageErrors.NotModified() : StorageErrors.ConditionNotMet();
        }
    }

    private static Preconditions Read(Exchange exchange, string prefix) => new(
        exchange.QueryInteger(prefix + "GenerationMatch"),
        exchange.QueryInteger(prefix + "GenerationNotMatch"),
        exchange.QueryInteger(prefix + "MetagenerationMatch"),
        exchange.QueryInteger(prefix + "MetagenerationNotMatch"));
}
