using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace GPhotos.Emulator.Proxy;

/// <summary>
/// Lets a client with Google's hosts built in (rclone, for one) reach the emulator: an HTTPS proxy on loopback that ends TLS for those
/// hosts and hands every request on, whole and unchanged. Any other host is refused.
/// </summary>
internal sealed class GoogleHostsProxy : IAsyncDisposable
{
    private static readonly string[] Hosts =
    [
        "photoslibrary.googleapis.com", "oauth2.googleapis.com", "accounts.google.com", "www.googleapis.com", "lh3.googleusercontent.com",
        "storage.googleapis.com", "photospicker.googleapis.com",
    ];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly X509Certificate2 _certificate;
    private readonly Uri _emulator;
    private readonly Task _accepting;

    private GoogleHostsProxy(Uri emulator, X509Certificate2 certificate)
    {
        (_emulator, _certificate) = (emulator, certificate);
        _listener.Start();
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/");
        _accepting = AcceptAsync();
    }

    /// <summary>Where it listens: the value for HTTPS_PROXY.</summary>
    public Uri Address { get; }

    /// <summary>Starts a proxy and writes the certificate that its clients must trust.</summary>
    public static GoogleHostsProxy Start(Uri emulator, string authorityPath)
    {
        (X509Certificate2 server, string pem) = ThrowawayAuthority.Create(Hosts);
        File.WriteAllText(authorityPath, pem);
        return new GoogleHostsProxy(emulator, server);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Dispose();
        await _accepting;
        _certificate.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync(_stop.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // The end of the listener is the end of accepting.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using TcpClient _ = client;
        try
        {
            client.NoDelay = true;
            NetworkStream plain = client.GetStream();
            string host = await ConnectHostAsync(plain);
            if (!Hosts.Contains(host))
            {
                await plain.WriteAsync("HTTP/1.1 403 Not a host of Google Photos\r\nContent-Length: 0\r\n\r\n"u8.ToArray(), _stop.Token);
                return;
            }

            await plain.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray(), _stop.Token);
            using SslStream secure = new(plain);
            await secure.AuthenticateAsServerAsync(
                new SslServerAuthenticationOptions { ServerCertificate = _certificate, ApplicationProtocols = [SslApplicationProtocol.Http11] },
                _stop.Token);

            using TcpClient upstream = new() { NoDelay = true };
            await upstream.ConnectAsync(_emulator.Host, _emulator.Port, _stop.Token);
            NetworkStream emulator = upstream.GetStream();
            await Task.WhenAny(secure.CopyToAsync(emulator, _stop.Token), emulator.CopyToAsync(secure, _stop.Token));
        }
        catch (Exception e) when (e is IOException or SocketException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // A connection that breaks is the client's to notice.
        }
    }

    /// <summary>The host of the CONNECT line, or nothing when the request is no such line.</summary>
    private async Task<string> ConnectHostAsync(NetworkStream stream)
    {
        StringBuilder head = new();
        byte[] one = new byte[1];
        while (head.Length < 8192 && !head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            if (await stream.ReadAsync(one, _stop.Token) == 0)
            {
                return "";
            }

            head.Append((char)one[0]);
        }

        string[] line = head.ToString().Split("\r\n")[0].Split(' ');
        return line is ["CONNECT", var authority, ..] ? authority.Split(':')[0] : "";
    }
}
