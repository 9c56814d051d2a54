using System.Net;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Media;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace GPhotos.Emulator;

/// <summary>One running emulator: a library of its own on a loopback port of its own.</summary>
public sealed class EmulatorServer : IAsyncDisposable
{
    private readonly WebApplication _application;
    private readonly EmulatorState _state;

    private EmulatorServer(WebApplication application, EmulatorState state, Uri address)
    {
        _application = application;
        _state = state;
        Address = address;
    }

    /// <summary>Where it listens, such as <c>http://127.0.0.1:49152/</c>.</summary>
    public Uri Address { get; }

    /// <summary>Fills the library and listens; when this returns, requests are answered.</summary>
    /// <param name="options">What to hold and how to behave; everything by default when null.</param>
    /// <param name="cancellationToken">Gives up starting.</param>
    /// <returns>The running emulator; disposing it ends it.</returns>
    public static async Task<EmulatorServer> StartAsync(
        EmulatorOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EmulatorOptions();
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.Services.AddSingleton<IHostLifetime>(new QuietLifetime());
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = null;
            kestrel.Limits.MinRequestBodyDataRate = null;
            kestrel.Limits.MinResponseDataRate = null;
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        WebApplication application = builder.Build();
        try
        {
            EmulatorState state = new(options, application.Lifetime.ApplicationStopping);
            LibrarySeed.Fill(state);
            RequestPipeline pipeline = new(state, RouteTable.For(state));
            application.Run(pipeline.HandleAsync);
            // The one address is read back because port 0 is only known once bound; nobody has been told it yet.
            await application.StartAsync(cancellationToken);
            string bound = application.Services.GetRequiredService<IServer>().Features
                .Get<IServerAddressesFeature>()!.Addresses.First();
            state.Address = new Uri(bound);
            return new EmulatorServer(application, state, state.Address);
        }
        catch
        {
            await application.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until the emulator is stopped.</summary>
    /// <param name="ct">Stops the waiting and, as for any host, the emulator.</param>
    /// <returns>A task that ends when the emulator has.</returns>
    public Task WaitForShutdownAsync(CancellationToken ct = default) => _application.WaitForShutdownAsync(ct);

    /// <summary>Stops listening; what hangs is let go.</summary>
    /// <returns>A task that ends when the port is free.</returns>
    public async ValueTask DisposeAsync()
    {
        await _application.StopAsync();
        await _application.DisposeAsync();
        _state.Dispose();
    }
}
