using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GPhotos.Tests.Support;

/// <summary>Answers everything and writes down what was asked, headers included: the emulator does not show those.</summary>
internal sealed class RecordingServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private RecordingServer(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public ConcurrentQueue<(string Path, string Headers)> Requests { get; } = new();

    public static async Task<RecordingServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        RecordingServer server = new(builder.Build());
        server._application.Run(async context =>
        {
            server.Requests.Enqueue((context.Request.Path, string.Join('\n', context.Request.Headers)));
            await context.Response.WriteAsync("a picture");
        });
        await server._application.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}
