using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Hosting;

/// <summary>Ends a connection as a failing network does: with a TCP reset, and not with the end of a stream.</summary>
internal static class ConnectionReset
{
    public static void Send(HttpContext context)
    {
        // A socket that may not linger is reset when it is closed, on every system.
        if (context.Features.Get<IConnectionSocketFeature>()?.Socket is Socket socket)
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }

        context.Abort();
    }
}
