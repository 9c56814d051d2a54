namespace GPhotos;

/// <summary>The run has sent as many calls as it was told to.</summary>
public sealed class MaximumCallsReachedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public MaximumCallsReachedException(string message, int maximumCalls, Exception? inner = null)
        : base(message, inner) =>
        MaximumCalls = maximumCalls;

    /// <summary>How many calls the run was allowed.</summary>
    public int MaximumCalls { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
