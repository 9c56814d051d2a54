using System.Net;
using System.Net.Sockets;
using System.Text;
using GPhotos.Core.Auth;

namespace GPhotos.Tests.Auth;

/// <summary>Whoever calls: nobody is signed in wrongly, and the right answer still gets through.</summary>
public sealed class LoopbackListenerTests : IDisposable
{
    private const string State = "0123456789abcdef0123456789abcdef";
    private const string Answer = $"/authorize/?state={State}&code=4%2F0A";

    // Less than the listener's own patience with a silent caller.
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

    private readonly LoopbackListener _listener = LoopbackListener.Start();
    private readonly CancellationTokenSource _over = new();
    private readonly Task<ConsentAnswer> _waiting;

    public LoopbackListenerTests() => _waiting = _listener.WaitAsync(State, _over.Token);

    private string Authority => new Uri(_listener.RedirectUri).Authority;

    public void Dispose()
    {
        _over.Cancel();
        _listener.Dispose();
        _over.Dispose();
    }

    [Theory]
    [InlineData($"POST {Answer} HTTP/1.1\r\nHost: {{0}}\r\nContent-Length: 0\r\n\r\n", 400)]
    [InlineData($"HEAD {Answer} HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 400)]
    [InlineData($"OPTIONS {Answer} HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 400)]
    [InlineData($"GET {Answer} HTTP/1.1\r\nHost: evil.example\r\n\r\n", 404)]
    [InlineData($"GET {Answer} HTTP/1.1\r\nHost: localhost\r\n\r\n", 404)]
    [InlineData($"GET {Answer} HTTP/1.1\r\nHost: evil.example\r\nHost: {{0}}\r\n\r\n", 404)]
    [InlineData($"GET {Answer} HTTP/1.0\r\n\r\n", 404)]
    [InlineData($"GET {Answer}\r\n\r\n", 400)]
    [InlineData("GET / HTTP/1.1\r\nHost: {0}\r\n\r\n", 404)]
    [InlineData("GET /favicon.ico HTTP/1.1\r\nHost: {0}\r\n\r\n", 404)]
    [InlineData($"GET /authorize?state={State}&code=c HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 404)]
    [InlineData($"GET /AUTHORIZE/?state={State}&code=c HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 404)]
    [InlineData($"GET http://{{0}}{Answer} HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 404)]
    [InlineData("GET /authorize/ HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData("GET /authorize/?code=c HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData("GET /authorize/?code=c&state= HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData("GET /authorize/?code=c&state=0123456789abcdef HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData($"GET /authorize/?code=c&state={State}0 HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 400)]
    [InlineData($"GET /authorize/?code=c&state=x&state={State} HTTP/1.1\r\nHost: {{0}}\r\n\r\n", 400)]
    [InlineData("GET /authorize/?error=access_denied HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData("GET /authorize/?%&%zz=%&=&&state=%00 HTTP/1.1\r\nHost: {0}\r\n\r\n", 400)]
    [InlineData("\r\n\r\n", 400)]
    [InlineData("\u0016\u0003\u0001 garbage \u00ff\u00fe\r\n\r\n", 400)]
    public async Task What_is_not_the_answer_is_refused_and_the_wait_goes_on(string request, int status)
    {
        string refused = await AskAsync(string.Format(System.Globalization.CultureInfo.InvariantCulture, request, Authority));

        Assert.StartsWith($"HTTP/1.1 {status} ", refused, StringComparison.Ordinal);
        Assert.False(_waiting.IsCompleted);
        await GetThroughAsync();
    }

    [Fact]
    public async Task Callers_that_say_nothing_do_not_keep_the_browser_out()
    {
        List<TcpClient> silent = [];
        for (int i = 0; i < 100; i++)
        {
            silent.Add(await ConnectAsync());
        }

        await GetThroughAsync();

        silent.ForEach(s => s.Dispose());
    }

    [Theory]
    [InlineData("G")]
    [InlineData($"GET {Answer} HTTP/1.1\r\nHost: ")]
    [InlineData($"GET {Answer} HTTP/1.1\nHost: {{0}}\n\n")]
    public async Task A_caller_that_takes_its_time_holds_nobody_up(string begun)
    {
        using TcpClient slow = await ConnectAsync();
        await SendAsync(slow, string.Format(System.Globalization.CultureInfo.InvariantCulture, begun, Authority));

        await GetThroughAsync();
    }

    [Fact]
    public async Task A_head_without_end_is_cut_off()
    {
        using TcpClient talker = await ConnectAsync();
        byte[] more = Encoding.ASCII.GetBytes(new string('a', 1024 * 1024));

        // Refused long before its end, and then nobody listens any more.
        await Assert.ThrowsAsync<IOException>(async () =>
        {
            await SendAsync(talker, $"GET {Answer} HTTP/1.1\r\nHost: {Authority}\r\nX: ");
            for (int i = 0; i < 100; i++)
            {
                await talker.GetStream().WriteAsync(more);
            }
        });
        Assert.False(_waiting.IsCompleted);
        await GetThroughAsync();
    }

    [Fact]
    public async Task A_browser_that_was_closed_at_once_has_answered()
    {
        using (TcpClient gone = await ConnectAsync())
        {
            // Ends with a reset: nobody takes the page.
            gone.LingerState = new LingerOption(true, 0);
            await SendAsync(gone, $"GET {Answer} HTTP/1.1\r\nHost: {Authority}\r\n\r\n");
        }

        Task first = await Task.WhenAny(_waiting, Task.Delay(TimeSpan.FromSeconds(1)));
        if (first != _waiting)
        {
            // The reset may overtake the request itself: then nothing was heard, and the wait goes on.
            await GetThroughAsync();
        }

        Assert.Equal("4/0A", (await _waiting).Code);
    }

    [Fact]
    public async Task Of_two_answers_one_is_taken_and_later_ones_find_nobody()
    {
        string request = $"GET {Answer} HTTP/1.1\r\nHost: {Authority}\r\n\r\n";
        string?[] both = await Task.WhenAll(TryAskAsync(request), TryAskAsync(request));

        Assert.Contains(both, b => b?.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal) == true);
        Assert.Equal("4/0A", (await _waiting.WaitAsync(Soon)).Code);
        await Assert.ThrowsAnyAsync<SocketException>(async () => (await ConnectAsync()).Dispose());
    }

    [Fact]
    public async Task The_page_is_kept_by_nobody_and_tells_nobody_where_it_was()
    {
        string page = await AskAsync($"GET {Answer} HTTP/1.1\r\nHost: {Authority}\r\n\r\n");

        Assert.Contains("\r\nCache-Control: no-store\r\n", page, StringComparison.Ordinal);
        Assert.Contains("\r\nReferrer-Policy: no-referrer\r\n", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
        Assert.DoesNotContain("4/0A", page, StringComparison.Ordinal);
        Assert.Equal("4/0A", (await _waiting).Code);
    }

    [Fact]
    public async Task Sign_ins_at_once_listen_on_ports_of_their_own()
    {
        using LoopbackListener other = LoopbackListener.Start();
        using TcpListener taken = new(IPAddress.Loopback, 0);
        taken.Start();

        Assert.NotEqual(other.RedirectUri, _listener.RedirectUri);
        Assert.NotEqual(((IPEndPoint)taken.LocalEndpoint).Port, new Uri(other.RedirectUri).Port);
        await GetThroughAsync();
    }

    private async Task GetThroughAsync()
    {
        Assert.StartsWith("HTTP/1.1 200 ", await AskAsync($"GET {Answer} HTTP/1.1\r\nhost:{Authority}\r\nCookie: {new string('c', 8000)}\r\n\r\n"), StringComparison.Ordinal);
        Assert.Equal("4/0A", (await _waiting.WaitAsync(Soon)).Code);
    }

    private async Task<TcpClient> ConnectAsync()
    {
        TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_listener.RedirectUri).Port);
        return client;
    }

    private async Task<string> AskAsync(string request)
    {
        using CancellationTokenSource limit = new(Soon);
        using TcpClient client = await ConnectAsync();
        await SendAsync(client, request);
        using StreamReader reader = new(client.GetStream(), Encoding.UTF8);
        return await reader.ReadToEndAsync(limit.Token);
    }

    private async Task<string?> TryAskAsync(string request)
    {
        try
        {
            return await AskAsync(request);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            return null;
        }
    }

    private static async Task SendAsync(TcpClient client, string text) => await client.GetStream().WriteAsync(Encoding.Latin1.GetBytes(text));
}
