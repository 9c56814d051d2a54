using System.IO.Enumeration;
using System.Text.Json;

namespace GPhotos.Emulator.Admin;

/// <summary>A disturbance that was asked for, and how often it is still to come.</summary>
internal sealed class Fault : IDisposable
{
    private readonly CancellationTokenSource _cleared = new();
    private readonly Lock _lock = new();
    private long _bodyBytes;
    private long _sinceHit;

    public required int Id { get; init; }

    /// <summary>The head of a path, or a pattern when it has a star.</summary>
    public required string Path { get; init; }

    /// <summary>The HTTP method.</summary>
    public string? Method { get; init; }

    /// <summary>The name of a call as the statistics have it, or a pattern when it has a star.</summary>
    public string? Kind { get; init; }

    /// <summary>How many matching calls still pass unharmed.</summary>
    public long After { get; set; }

    /// <summary>Of the calls behind those, each so manieth is hit.</summary>
    public long Every { get; init; } = 1;

    /// <summary>How many calls are still to be hit; negative without end.</summary>
    public long Remaining { get; set; }

    public int? Status { get; init; }

    public JsonElement? Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public TimeSpan Latency { get; init; }

    public long? CutAfterBytes { get; init; }

    /// <summary>Breaks the line each time so many bytes of request bodies have come in, over however many calls.</summary>
    public long? BreakAfterBytes { get; init; }

    public bool Hang { get; init; }

    /// <summary>Resets the connection before any work or answer.</summary>
    public bool Reset { get; init; }

    /// <summary>Does the work, then loses the reply.</summary>
    public bool ApplyThenFail { get; init; }

    public string? Quota { get; init; }

    /// <summary>True when the fault itself answers, and the method is never reached.</summary>
    public bool HasReply => Status is not null || Quota is not null;

    public bool Matches(string method, string path, string kind) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Kind is null || FileSystemName.MatchesSimpleExpression(Kind, kind, ignoreCase: false))
        && (Path.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(Path, path, ignoreCase: false)
            : path.StartsWith(Path, StringComparison.Ordinal));

    /// <summary>Counts a matching call.</summary>
    /// <returns>True when the fault is to hit it.</returns>
    public bool CountCall()
    {
        if (Remaining == 0)
        {
            return false;
        }

        if (After > 0)
        {
            After--;
            return false;
        }

        _sinceHit = (_sinceHit + 1) % Every;
        return _sinceHit == 0;
    }

    /// <summary>Takes note that a call was hit.</summary>
    public void UseUp() => Remaining -= Remaining > 0 ? 1 : 0;

    /// <summary>Counts bytes of a request body that came in.</summary>
    /// <param name="read">How many came.</param>
    /// <param name="broken">The line broke within them.</param>
    /// <returns>How many came before the break.</returns>
    public int PassBody(int read, out bool broken)
    {
        lock (_lock)
        {
            _bodyBytes += read;
            broken = read > 0 && Remaining != 0 && _bodyBytes >= BreakAfterBytes;
            if (!broken)
            {
                return read;
            }

            // What came behind the break is lost, and counts for nothing.
            int passed = read - (int)(_bodyBytes - BreakAfterBytes!.Value);
            _bodyBytes = 0;
            UseUp();
            return passed;
        }
    }

    public void Clear() => _cleared.Cancel();

    /// <summary>Waits until the fault is cleared, the client gives up or the server stops.</summary>
    public async Task WaitUntilClearedAsync(CancellationToken clientGone, CancellationToken stopping)
    {
        using CancellationTokenSource any = CancellationTokenSource.CreateLinkedTokenSource(_cleared.Token, clientGone, stopping);
        await Task.Delay(Timeout.Infinite, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _cleared.Dispose();
}
