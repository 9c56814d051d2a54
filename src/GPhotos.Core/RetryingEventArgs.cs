namespace GPhotos.Core;

/// <summary>A call failed in a way that passes, and is repeated after a wait.</summary>
public sealed class RetryingEventArgs(string call, string reason, TimeSpan delay, int attempt) : EventArgs
{
    /// <summary>The call, as Google names it; holds no ids, tokens or addresses.</summary>
    public string Call => call;

    /// <summary>What was answered.</summary>
    public string Reason => reason;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Delay => delay;

    /// <summary>The number of the try that failed, from 1.</summary>
    public int Attempt => attempt;
}
