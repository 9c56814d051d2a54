namespace GPhotos.Core.Uploads;

/// <summary>The place of one input in the order in which calls are given out.</summary>
internal sealed class PlanTurn(Task before)
{
    private readonly TaskCompletionSource _decided = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Over when every input before this one has what it needs, or needs nothing.</summary>
    public Task Before => before;

    /// <summary>Over when this one has.</summary>
    public Task Decided => _decided.Task;

    /// <summary>It has what it needs, or needs nothing.</summary>
    public void Decide() => _ = before.ContinueWith(
        _ => _decided.TrySetResult(), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
}
