using System.Threading.Channels;

namespace GPhotos.PowerShell.Hosting;

/// <summary>
/// Hands pipeline input to work that runs beside the pipeline. One place only: when the work is busy, the pipeline thread writes what it has
/// to say until there is room, which is how back-pressure reaches the cmdlet upstream.
/// </summary>
internal sealed class Intake<T>(PumpedCmdlet cmdlet, Func<IAsyncEnumerable<T>, Task> work)
{
    private readonly Channel<T> _waiting = Channel.CreateBounded<T>(1);
    private Task? _working;

    /// <summary>How many were handed over.</summary>
    public int Count { get; private set; }

    /// <summary>Hands one over. The first starts the work.</summary>
    public void Add(T item)
    {
        _working ??= cmdlet.Start(() => work(_waiting.Reader.ReadAllAsync(cmdlet.StopToken)));
        Count++;
        if (!_waiting.Writer.TryWrite(item))
        {
            cmdlet.PumpUntil(Task.WhenAny(_waiting.Writer.WriteAsync(item, cmdlet.StopToken).AsTask(), _working).Unwrap());
        }

        cmdlet.PumpWaiting();
    }

    /// <summary>No more comes: writes what is left and waits for the end of the work.</summary>
    public void Complete()
    {
        _waiting.Writer.Complete();
        if (_working is not null)
        {
            cmdlet.PumpUntil(_working);
        }
    }
}
