using System.IO.Enumeration;
using System.Text.Json;

namespace GPhotos.Emulator.Admin;

/// <summary>A disturbance that was asked for, and how often it is still to come.</summary>
internal sealed class Fault : IDisposable
{
    private readonly CancellationTokenSource _cleared = new();

    public required int Id { get; init; }

    /// <summary>The head of a path, or a pattern when it has a star.</summary>
    public required string Path { get; init; }

    public string? Method { get; init; }

    /// <summary>How many matching calls still pass unharmed.</summary>
    public long After { get; set; }

    /// <summary>How many calls are still to be hit; negative without end.</summary>
    public long Remaining { get; set; }

    public int? Status { get; init; }

    public JsonElement? Body { get; init; }

    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public TimeSpan Latency { get; init; }

    public long? CutAfterBytes { get; init; }

    public bool Hang { get; init; }

    /// <summary>Does the work, then loses the reply.</summary>
    public bool ApplyThenFail { get; init; }

    public string? Quota { get; init; }

    /// <summary>True when the fault itself answers, and the method is never reached.</summary>
    public bool HasReply => Status is not null || Quota is not null;

    public bool Matches(string method, string path) =>
        (Method is null || Method.Equals(method, StringComparison.OrdinalIgnoreCase))
        && (Path.Contains('*', StringComparison.Ordinal)
            ? FileSystemName.MatchesSimpleExpression(Path, path, ignoreCase: false)
            : path.StartsWith(Path, StringComparison.Ordinal));

    public void Clear() => _cleared.Cancel();

    /// <summary>Waits until the fault is cleared, the client gives up or the server stops.</summary>
    public async Task WaitUntilClearedAsync(CancellationToken clientGone, CancellationToken stopping)
    {
        using CancellationTokenSource any = CancellationTokenSource.CreateLinkedTokenSource(_cleared.Token, clientGone, stopping);
        await Task.Delay(Timeout.Infinite, any.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Dispose() => _cleared.Dispose();
}
