using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GPhotos.Core.Auth;

/// <summary>
/// Waits on 127.0.0.1 for the browser to bring the answer of a consent page (RFC 8252, 7.3). Any page and any program on this machine can call here: what
/// does not carry the sign-in's own state is refused, and the wait goes on.
/// </summary>
/// <remarks>
/// The receiver of Google's library ends at the first call, whoever made it, and looks for a free port that it then lets go of before it listens there.
/// </remarks>
internal sealed class LoopbackListener : IDisposable
{
    private const string Path = "/authorize/";
    private const int LongestHead = 16 * 1024;
    private const int MostAtOnce = 64;

    // Browsers connect ahead and say nothing for a while.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan PauseOfAccepting = TimeSpan.FromMilliseconds(100);

    private readonly TcpListener _listener;
    private readonly string _authority;
    private readonly LinkedList<Socket> _callers = new();

    private LoopbackListener(TcpListener listener)
    {
        _listener = listener;
        _authority = $"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}";
    }

    /// <summary>Where the browser must be sent.</summary>
    public string RedirectUri => $"http://{_authority}{Path}";

    /// <summary>Listens on a port that the system chooses, so that it is nobody else's.</summary>
    /// <exception cref="SignInFailedException">Nothing can listen on 127.0.0.1 here.</exception>
    public static LoopbackListener Start()
    {
        try
        {
            // A machine without IPv4 has no such socket to begin with.
            return Start(new TcpListener(IPAddress.Loopback, 0) { ExclusiveAddressUse = true });
        }
        catch (SocketException e)
        {
            throw new SignInFailedException(
                $"The answer of the browser cannot be waited for on 127.0.0.1: {e.Message}. Google sends it to no other address: sign in on a machine that has this one, and move the sign-in with Export-GPhotosProfile.",
                e);
        }
    }

    /// <summary>Waits for the answer to the sign-in that sent this state.</summary>
    public async Task<ConsentAnswer> WaitAsync(string state, CancellationToken cancellationToken)
    {
        TaskCompletionSource<ConsentAnswer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task accepting = AcceptAsync(state, answer, over.Token);
        try
        {
            await Task.WhenAny(answer.Task, accepting).ConfigureAwait(false);
            if (!answer.Task.IsCompleted)
            {
                await accepting.ConfigureAwait(false);
            }

            return await answer.Task.ConfigureAwait(false);
        }
        finally
        {
            await over.CancelAsync().ConfigureAwait(false);
            _listener.Stop();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _listener.Dispose();

    private static LoopbackListener Start(TcpListener listener)
    {
        try
        {
            listener.Start();
            return new LoopbackListener(listener);
        }
        catch
        {
            listener.Dispose();
            throw;
        }
    }

    private async Task AcceptAsync(string state, TaskCompletionSource<ConsentAnswer> answer, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                Socket caller = await _listener.AcceptSocketAsync(cancellationToken).ConfigureAwait(false);
                _ = ServeAsync(caller, state, answer, cancellationToken);
            }
            catch (SocketException) when (!cancellationToken.IsCancellationRequested)
            {
                // The caller hung up before it was heard, or this process has no handle left for it: the next may be the browser.
                await Task.Delay(PauseOfAccepting, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task ServeAsync(Socket caller, string state, TaskCompletionSource<ConsentAnswer> answer, CancellationToken cancellationToken)
    {
        LinkedListNode<Socket> place = Enter(caller);
        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            using NetworkStream stream = new(caller, ownsSocket: true);
            (int status, string text, ConsentAnswer? given) = Judge(await ReadHeadAsync(stream, patience.Token).ConfigureAwait(false), state);
            try
            {
                await stream.WriteAsync(ClosingPage.Of(status, text), patience.Token).ConfigureAwait(false);
            }
            finally
            {
                // After the page: with the answer the wait ends, and every connection with it. A browser that was closed before it has answered, too.
                if (given is not null)
                {
                    answer.TrySetResult(given);
                }
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or SocketException)
        {
            // The caller's own affair.
        }
        finally
        {
            Leave(place);
        }
    }

    // Whoever said nothing for longest makes room: callers without number must not keep the browser out.
    private LinkedListNode<Socket> Enter(Socket caller)
    {
        lock (_callers)
        {
            if (_callers.Count == MostAtOnce)
            {
                _callers.First!.Value.Dispose();
                _callers.RemoveFirst();
            }

            return _callers.AddLast(caller);
        }
    }

    private void Leave(LinkedListNode<Socket> place)
    {
        lock (_callers)
        {
            if (place.List is not null)
            {
                _callers.Remove(place);
            }
        }

        place.Value.Dispose();
    }

    private static async Task<string> ReadHeadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        byte[] head = new byte[LongestHead];
        int length = 0;
        while (length < head.Length && head.AsSpan(0, length).IndexOf("\r\n\r\n"u8) < 0)
        {
            int read = await stream.ReadAsync(head.AsMemory(length), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                break;
            }

            length += read;
        }

        return Encoding.Latin1.GetString(head, 0, length);
    }

    // What to answer, and what was answered to us where it was.
    private (int Status, string Text, ConsentAnswer? Given) Judge(string head, string state)
    {
        string[] lines = head.Split("\r\n");
        string[] request = lines[0].Split(' ');
        if (!head.Contains("\r\n\r\n", StringComparison.Ordinal) || request.Length != 3 || request[0] != "GET")
        {
            return (400, "Only the answer of a sign-in is taken here.", null);
        }

        // A page of another name that was made to mean this machine shows its own name here.
        string[] target = request[1].Split('?', 2);
        string[] hosts = [.. lines.Skip(1).Where(l => l.StartsWith("Host:", StringComparison.OrdinalIgnoreCase)).Select(l => l["Host:".Length..].Trim())];
        if (hosts is not [{ } host] || host != _authority || target[0] != Path)
        {
            return (404, "There is nothing here.", null);
        }

        ConsentAnswer given = ConsentAnswer.Read(target.Length > 1 ? target[1] : "");
        return !given.Answers(state)
            ? (400, "This answer belongs to another sign-in, so it was not used. Go back to the page that was opened last.", null)
            : given.Code is { Length: > 0 }
                ? (200, "Google Photos has answered. You can go back to PowerShell, and close this page.", given)
                : (200, "The sign-in was not granted. You can go back to PowerShell, and close this page.", given);
    }
}
