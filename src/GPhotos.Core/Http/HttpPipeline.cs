using System.Net;
using System.Reflection;
using GPhotos.Core.Quota;
using Microsoft.Extensions.DependencyInjection;

namespace GPhotos.Core.Http;

/// <summary>Builds the named HTTP clients.</summary>
internal sealed class HttpPipeline : IDisposable
{
    private readonly ServiceProvider _services;
    private readonly IHttpClientFactory _factory;

    /// <summary>Makes them. Without a ledger nothing is counted: Google counts no calls of its OAuth services.</summary>
    public HttpPipeline(GPhotosClientOptions options, RetryPolicy retry, CallLedger? ledger = null)
    {
        ServiceCollection services = new();
        Add(HttpClientNames.Library, readBody: true, SignIn, CallKind.Library);
        Add(HttpClientNames.Uploads, readBody: true, SignIn, CallKind.Library);
        Add(HttpClientNames.Media, readBody: false, null, CallKind.Media, AsIs);
        Add(HttpClientNames.Picker, readBody: true, () => new BearerHandler(options.Tokens, t => GPhotosEndpoints.IsOn(options.Endpoints.Picker, t)), null);
        Add(HttpClientNames.PickedMedia, readBody: false, () => new BearerHandler(options.Tokens, options.Endpoints.IsMediaHost), null, AsIs);
        Add(HttpClientNames.Storage, readBody: true, () => new BearerHandler(null, t => GPhotosEndpoints.IsOn(options.Endpoints.Storage, t)), null);
        Add(HttpClientNames.OAuth, readBody: true, null, null);
        Add(HttpClientNames.Web, readBody: false, null, null, AsIs);
        _services = services.BuildServiceProvider();
        _factory = _services.GetRequiredService<IHttpClientFactory>();

        BearerHandler SignIn() => new(options.Tokens, t => GPhotosEndpoints.IsOn(options.Endpoints.Root, t));

        void Add(string name, bool readBody, Func<BearerHandler>? bearer, CallKind? counted, Action<SocketsHttpHandler>? configure = null)
        {
            IHttpClientBuilder builder = services.AddHttpClient(name, Configure)
                .RemoveAllLoggers()
                .UseSocketsHttpHandler((handler, _) =>
                {
                    Configure(handler);
                    configure?.Invoke(handler);
                })
                .SetHandlerLifetime(Timeout.InfiniteTimeSpan)
                .AddHttpMessageHandler(() => new RetryHandler(retry, readBody));
            if (bearer is not null)
            {
                builder.AddHttpMessageHandler(bearer);
            }

            // The last before the network: what the handlers above send twice counts twice.
            if (counted is { } kind && ledger is not null)
            {
                builder.AddHttpMessageHandler(() => new CallMeter(ledger, kind));
            }
        }
    }

    public HttpClient Client(string name) => _factory.CreateClient(name);

    public void Dispose() => _services.Dispose();

    private static void Configure(HttpClient client)
    {
        // The retry policy bounds each try; the whole may take as long as the waits between them.
        client.Timeout = Timeout.InfiniteTimeSpan;
        client.DefaultRequestVersion = HttpVersion.Version20;
        client.DefaultVersionPolicy = HttpVersionPolicy.RequestVersionOrLower;
        client.DefaultRequestHeaders.UserAgent.ParseAdd("GPhotos/" + Version);
    }

    private static void Configure(SocketsHttpHandler handler)
    {
        // A redirect would carry a signed address, or a token, to a host nobody checked.
        handler.AllowAutoRedirect = false;
        handler.UseCookies = false;
        handler.ConnectTimeout = TimeSpan.FromSeconds(15);
        handler.PooledConnectionLifetime = TimeSpan.FromMinutes(10);
        handler.EnableMultipleHttp2Connections = true;
        handler.AutomaticDecompression = DecompressionMethods.GZip;
    }

    private static void AsIs(SocketsHttpHandler handler)
    {
        // The length that is announced must be that of the bytes.
        handler.AutomaticDecompression = DecompressionMethods.None;
        // An answer that is only looked at is not read to its end for the sake of its connection.
        handler.MaxResponseDrainSize = 16 * 1024;
    }

    private static string Version =>
        typeof(HttpPipeline).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "0";
}
