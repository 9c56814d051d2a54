using System.Threading.Channels;

namespace GPhotos.Core.Uploads;

/// <summary>The lanes of one run: inputs are prepared side by side, and come out in the order they went in.</summary>
internal sealed class SendLanes : IDisposable
{
    private readonly FilePreparation _preparation;
    private readonly CallPlan _plan;
    private readonly RunState _state;
    private readonly int _count;
    private readonly SemaphoreSlim _free;
    private readonly Channel<Task<Prepared>> _prepared;

    public SendLanes(FilePreparation preparation, CallPlan plan, RunState state, int count)
    {
        (_preparation, _plan, _state, _count) = (preparation, plan, state, count);
        _free = new SemaphoreSlim(count, count);
        // Room for a full batch beyond what travels, so that the lanes go on while a batch is created.
        _prepared = Channel.CreateBounded<Task<Prepared>>(
            new BoundedChannelOptions(MediaItemCreation.MaxBatchSize + count) { SingleReader = true, SingleWriter = true });
    }

    public ChannelReader<Task<Prepared>> Prepared => _prepared.Reader;

    public Task FeedAsync(IAsyncEnumerable<SendRequest> files, CancellationToken cancellationToken) =>
        _prepared.Writer.FeedAsync(async () =>
        {
            await foreach (SendRequest file in files.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await _free.WaitAsync(cancellationToken).ConfigureAwait(false);
                PlanTurn turn = _plan.NextTurn();
                Task<Prepared> task = Task.Run(() => RunAsync(file, turn, cancellationToken), CancellationToken.None);
                await _prepared.Writer.WriteAsync(task, cancellationToken).ConfigureAwait(false);
            }
        });

    /// <summary>Waits until every lane is home; called after cancellation, so it does not take long.</summary>
    public async Task DrainAsync(Task feeding)
    {
        await feeding.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (int i = 0; i < _count; i++)
        {
            await _free.WaitAsync().ConfigureAwait(false);
        }
    }

    public void Dispose() => _free.Dispose();

    private async Task<Prepared> RunAsync(SendRequest request, PlanTurn turn, CancellationToken cancellationToken)
    {
        try
        {
            if (_state.UploadsAreOver)
            {
                return new Prepared(request);
            }

            Prepared prepared = await _preparation.PrepareAsync(request, turn, _state.IsClosed, cancellationToken).ConfigureAwait(false);
            if (prepared.File is { MayBeSpent: false })
            {
                _state.Uploaded();
            }

            return prepared;
        }
        catch (MaximumCallsReachedException e)
        {
            _state.EndUploads(e);
            return new Prepared(request);
        }
        catch (GPhotosException e) when (e.EndsTheRun)
        {
            _state.End(e);
            return new Prepared(request);
        }
        catch (GPhotosException e)
        {
            _state.Failed(e);
            return new Prepared(request) { Error = e };
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // What nobody foresaw costs this file, not the run.
            return new Prepared(request) { Error = new UnexpectedResponseException($"'{request.Path}': {e.Message}", e) };
        }
        finally
        {
            turn.Decide();
            _free.Release();
        }
    }
}
