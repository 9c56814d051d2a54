using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GPhotos.Tests.Support;

/// <summary>What a <see cref="TestWeb"/> was asked.</summary>
internal sealed record WebCall(string Method, string Path, string Headers, string? Range);

/// <summary>A host of the web on loopback, as well or badly behaved as a test needs it.</summary>
internal sealed class TestWeb : IAsyncDisposable
{
    private readonly WebApplication _application;

    private TestWeb(WebApplication application) => _application = application;

    public ConcurrentQueue<WebCall> Calls { get; } = new();

    public int Gets => Calls.Count(c => c.Method == "GET");

    public Uri this[string path] => new(new Uri(_application.Urls.First()), path);

    public static async Task<TestWeb> StartAsync(Func<HttpContext, Task> answer)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        TestWeb web = new(builder.Build());
        web._application.Run(context =>
        {
            HttpRequest request = context.Request;
            web.Calls.Enqueue(new WebCall(request.Method, request.Path, string.Join('\n', request.Headers), request.Headers.Range));
            return answer(context);
        });
        await web._application.StartAsync();
        return web;
    }

    public static Task<TestWeb> StartAsync(WebFile file) => StartAsync(file.AnswerAsync);

    public ValueTask DisposeAsync() => _application.DisposeAsync();
}

/// <summary>A file on the web.</summary>
internal sealed class WebFile(byte[] bytes)
{
    public byte[] Bytes { get; set; } = bytes;

    public string? Type { get; set; } = "image/jpeg";

    public string? ETag { get; set; } = "\"one\"";

    public string? LastModified { get; set; }

    public bool TakesRanges { get; set; } = true;

    /// <summary>After how many bytes each GET in turn is cut; beyond the list none is.</summary>
    public Queue<int> Cuts { get; } = new();

    /// <summary>Called when a GET was cut.</summary>
    public Action OnCut { get; set; } = static () => { };

    public WebFile CutAfter(params int[] bytes)
    {
        Array.ForEach(bytes, Cuts.Enqueue);
        return this;
    }

    public async Task AnswerAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        response.ContentType = Type;
        response.Headers.ETag = ETag;
        response.Headers.LastModified = LastModified;
        int from = 0;
        string? range = context.Request.Headers.Range;
        string? condition = context.Request.Headers.IfRange;
        if (TakesRanges && range is not null && (condition is null || condition == ETag || condition == LastModified))
        {
            from = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
            response.StatusCode = 206;
            response.Headers.ContentRange = $"bytes {from}-{Bytes.Length - 1}/{Bytes.Length}";
        }

        response.ContentLength = Bytes.Length - from;
        if (HttpMethods.IsHead(context.Request.Method))
        {
            return;
        }

        if (!Cuts.TryDequeue(out int cut))
        {
            await response.Body.WriteAsync(Bytes.AsMemory(from));
            return;
        }

        await response.Body.WriteAsync(Bytes.AsMemory(from, cut));
        await response.Body.FlushAsync();
        OnCut();

        // The reset must not overtake the bytes.
        await Task.Delay(100);
        context.Abort();
    }
}
