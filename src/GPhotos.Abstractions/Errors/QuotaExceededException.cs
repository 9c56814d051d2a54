namespace GPhotos;

/// <summary>The project's calls of the day are spent.</summary>
public sealed class QuotaExceededException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public QuotaExceededException(string message, DateTimeOffset resetsAt, Exception? inner = null)
        : base(message, inner) =>
        ResetsAt = resetsAt;

    /// <summary>When Google counts anew: midnight Pacific time, here in UTC.</summary>
    public DateTimeOffset ResetsAt { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
