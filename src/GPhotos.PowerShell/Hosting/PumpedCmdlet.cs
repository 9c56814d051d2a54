using System.Management.Automation;
using System.Threading.Channels;
using GPhotos.PowerShell.Errors;

namespace GPhotos.PowerShell.Hosting;

/// <summary>
/// Runs asynchronous work on the pool and everything PowerShell must see on the pipeline thread. Work ends on every exit: at its own
/// end, on Ctrl+C (StopProcessing), and when the pipeline leaves by an exception, as Select-Object -First and a throw downstream do
/// without ever calling StopProcessing.
/// </summary>
public abstract class PumpedCmdlet : PSCmdlet, IDisposable
{
    private const int QueueLength = 64;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(200);

    // Flows with the work, so that what the shared client has to say reaches the cmdlet whose call it was.
    private static readonly AsyncLocal<PumpedCmdlet?> Worker = new();

    private readonly CancellationTokenSource _stop = new();
    private readonly Channel<Action> _writes = Channel.CreateBounded<Action>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    private readonly List<Task> _running = [];
    private readonly ProgressGate _progress = new();
    private Task<bool>? _readable;
    private bool _disposed;

    /// <summary>Cancelled on every exit.</summary>
    protected internal CancellationToken StopToken => _stop.Token;

    /// <summary>Whether the code that asks runs as work of this cmdlet.</summary>
    protected bool IsWorking => Worker.Value == this;

    /// <summary>What to show while work runs; null for nothing.</summary>
    protected virtual ProgressRecord? CurrentProgress => null;

    /// <inheritdoc/>
    protected override void StopProcessing()
    {
        try
        {
            _stop.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // Ctrl+C came just as the cmdlet had ended: nothing runs any more.
        }
    }

    /// <summary>Starts work on the pool. It must be pumped, here or later, to be heard.</summary>
    protected internal Task Start(Func<Task> work)
    {
        Task task = Task.Run(
            () =>
            {
                Worker.Value = this;
                return work();
            },
            CancellationToken.None);
        _running.RemoveAll(static t => t.IsCompleted);
        _running.Add(task);
        return task;
    }

    /// <summary>Runs work to its end. What it throws ends the cmdlet.</summary>
    protected void Run(Func<Task> work) => PumpUntil(Start(work));

    /// <summary>Writes what work has to say until the task is over, then what was left. What the task throws ends the cmdlet.</summary>
    protected internal void PumpUntil(Task task)
    {
        try
        {
            while (true)
            {
                PumpWaiting();
                if (task.IsCompleted)
                {
                    PumpWaiting();
                    task.GetAwaiter().GetResult();
                    return;
                }

                // Kept until something comes: a new one for each tick of a long upload would pile up in the channel.
                _readable ??= _writes.Reader.WaitToReadAsync(CancellationToken.None).AsTask();
                Task.WaitAny([task, _readable], Tick);
                _readable = _readable.IsCompleted ? null : _readable;
            }
        }
        catch (OperationCanceledException) when (_stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (GPhotosException e)
        {
            ThrowTerminatingError(ErrorRecords.From(e));
        }
        finally
        {
            if (!task.IsCompletedSuccessfully)
            {
                CancelAndWait();
            }
        }
    }

    /// <summary>Writes what work has to say by now.</summary>
    protected internal void PumpWaiting()
    {
        try
        {
            while (_writes.Reader.TryRead(out Action? write))
            {
                write();
            }

            if (_progress.IsDue && CurrentProgress is { } record)
            {
                _progress.Shown(record);
                WriteProgress(record);
            }
        }
        catch
        {
            CancelAndWait();
            throw;
        }
    }

    /// <summary>Writes an object, from work. Waits while the pipeline is busy.</summary>
    protected ValueTask PostObjectAsync(object value) => PostAsync(() => WriteObject(value));

    /// <summary>Writes many objects, from work. Over when the last of them is written.</summary>
    protected Task PostObjectsAsync(IReadOnlyList<object> values) => OnPipelineAsync(() =>
    {
        foreach (object value in values)
        {
            WriteObject(value);
        }
    });

    /// <summary>Does something on the pipeline thread, from work, and waits for its end. What our own code there throws is thrown here.</summary>
    protected async Task OnPipelineAsync(Action action)
    {
        TaskCompletionSource done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await PostAsync(() =>
        {
            try
            {
                action();
                done.SetResult();
            }
            catch (GPhotosException e)
            {
                done.SetException(e);
            }
        }).ConfigureAwait(false);
        await done.Task.WaitAsync(_stop.Token).ConfigureAwait(false);
    }

    /// <summary>Writes an error, from work.</summary>
    protected ValueTask PostErrorAsync(GPhotosException error, object? target = null) =>
        PostAsync(() => WriteError(ErrorRecords.From(error, target)));

    /// <summary>
    /// Does what one input of many asks for, from work. Its failure is not the others', unless nothing else could succeed either.
    /// </summary>
    protected async Task ForOneAsync(object input, Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (GPhotosException e) when (!e.EndsTheRun)
        {
            await PostErrorAsync(e, input).ConfigureAwait(false);
        }
    }

    /// <summary>Does something on the pipeline thread, from work.</summary>
    protected ValueTask PostAsync(Action write) => _writes.Writer.WriteAsync(write, _stop.Token);

    /// <summary>The same where nobody can wait; dropped when the queue is full.</summary>
    protected void TryPost(Action write) => _writes.Writer.TryWrite(write);

    /// <summary>Says something to the person at the host, as Write-Host does. On the pipeline thread.</summary>
    protected void Tell(string message) => WriteInformation(new HostInformationMessage { Message = message }, ["PSHOST"]);

    /// <summary>Takes the progress bar away, if one was shown.</summary>
    protected override void EndProcessing()
    {
        if (_progress.Completion() is { } record)
        {
            WriteProgress(record);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Ends what still runs.</summary>
    protected virtual void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            CancelAndWait();
            _stop.Dispose();
        }
    }

    private void CancelAndWait()
    {
        _stop.Cancel();
        Task.WhenAll(_running).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default).Wait();
    }
}
