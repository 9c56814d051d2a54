namespace GPhotos.Core;

/// <summary>A call waits: it failed in a way that passes and is repeated, or its turn comes later.</summary>
public sealed class RetryingEventArgs(string call, string reason, TimeSpan delay, int attempt) : EventArgs
{
    /// <summary>The call, as Google names it; holds no ids, tokens or addresses.</summary>
    public string Call => call;

    /// <summary>What was answered, or what is waited for.</summary>
    public string Reason => reason;

    /// <summary>The wait before the next try.</summary>
    public TimeSpan Delay => delay;

    /// <summary>The number of the try that failed, from 1; 0 where none failed and the first is still to come.</summary>
    public int Attempt => attempt;
}
