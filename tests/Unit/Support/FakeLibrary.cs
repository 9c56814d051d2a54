using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using GPhotos.Core;
using GPhotos.Core.Auth;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace GPhotos.Tests.Support;

/// <summary>
/// One album and the calls that change it, as Google documents them and no more, and a script for what goes wrong: finer than the
/// emulator's faults, which cannot let a lost call come through late.
/// </summary>
internal sealed class FakeLibrary : IAsyncDisposable
{
    public const string AlbumId = "album";

    private readonly WebApplication _application;
    private readonly List<GPhotosClient> _clients = [];
    private readonly Lock _gate = new();

    private FakeLibrary(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public TestClock Clock { get; } = new();

    /// <summary>What the album holds, in order. A second addition of an item makes it stand twice.</summary>
    public List<string> Album { get; } = [];

    /// <summary>Every change that was asked for: method and path, query, and body.</summary>
    public List<(string Call, string Query, JsonNode Body)> Changes { get; } = [];

    public int Listings { get; private set; }

    /// <summary>Ids that begin with this are known to the library; others are refused.</summary>
    public string KnownPrefix { get; set; } = "item";

    /// <summary>What happens to the change of this number, counted from 0; null for nothing out of the ordinary.</summary>
    public Func<int, Mishap?> Script { get; set; } = static _ => null;

    /// <summary>What happens to a listing of the album.</summary>
    public Func<int, Mishap?> ListingScript { get; set; } = static _ => null;

    public GPhotosClient Client => NewClient(null);

    public static async Task<FakeLibrary> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        FakeLibrary library = new(builder.Build());
        library._application.Run(library.AnswerAsync);
        await library._application.StartAsync();
        return library;
    }

    public GPhotosClient NewClient(params string[]? scopes)
    {
        GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = GPhotosEndpoints.At(Address),
            Tokens = new FixedTokenSource("token", null),
            Scopes = scopes,
            TimeProvider = Clock,
            AnswerTimeout = TestClock.AttemptLimit,
        });
        _clients.Add(client);
        return client;
    }

    public static string[] Ids(int count, int from = 0) => [.. Enumerable.Range(from, count).Select(i => $"item{i:000}")];

    /// <summary>The ids of each batch that was asked for.</summary>
    public string[][] Batches() => [.. Changes.Select(c => IdsOf(c.Body))];

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _application.DisposeAsync();
    }

    private static string[] IdsOf(JsonNode body) => [.. body["mediaItemIds"]!.AsArray().Select(id => (string)id!)];

    private async Task AnswerAsync(HttpContext context)
    {
        string path = context.Request.Path;
        JsonNode body = (await JsonNode.ParseAsync(context.Request.Body))!;
        (int status, object reply, bool cut) answer;
        lock (_gate)
        {
            answer = path.EndsWith(":search", StringComparison.Ordinal) ? List(body) : Change($"{context.Request.Method} {path}", $"{context.Request.QueryString}", body);
        }

        if (answer.cut)
        {
            context.Abort();
            return;
        }

        context.Response.StatusCode = answer.status;
        await context.Response.WriteAsync(answer.reply as string ?? JsonSerializer.Serialize(answer.reply));
    }

    private (int Status, object Reply, bool Cut) List(JsonNode body)
    {
        Mishap? mishap = ListingScript(Listings++);
        if (mishap is not null)
        {
            return mishap.Answer();
        }

        int from = int.Parse((string?)body["pageToken"] ?? "0", System.Globalization.CultureInfo.InvariantCulture), size = (int)body["pageSize"]!;
        var page = Album.Skip(from).Take(size).Select(id => new { id }).ToArray();
        object reply = from + size < Album.Count ? new { mediaItems = page, nextPageToken = $"{from + size}" } : new { mediaItems = page };
        return (200, reply, false);
    }

    private (int Status, object Reply, bool Cut) Change(string call, string query, JsonNode body)
    {
        Mishap? mishap = Script(Changes.Count);
        Changes.Add((call, query, body));
        if (mishap is { Applies: false })
        {
            return mishap.Answer();
        }

        (int, object, bool) answer = Apply(call, body);
        return mishap?.Answer() ?? answer;
    }

    private (int Status, object Reply, bool Cut) Apply(string call, JsonNode body)
    {
        bool adds = call == $"POST /v1/albums/{AlbumId}:batchAddMediaItems";
        if (adds || call == $"POST /v1/albums/{AlbumId}:batchRemoveMediaItems")
        {
            string[] ids = IdsOf(body);
            if (!ids.All(id => adds ? id.StartsWith(KnownPrefix, StringComparison.Ordinal) : Album.Contains(id)))
            {
                return Mishap.Says(400, "Request contains an invalid media item id.").Answer();
            }

            Album.RemoveAll(id => !adds && ids.Contains(id));
            Album.AddRange(adds ? ids : []);
            return (200, new { }, false);
        }

        if (call == $"POST /v1/albums/{AlbumId}:addEnrichment")
        {
            return (200, new { enrichmentItem = new { id = "enrichment" } }, false);
        }

        if (call == $"PATCH /v1/albums/{AlbumId}")
        {
            return (200, new { id = AlbumId, title = (string?)body["title"] ?? "as it was", coverPhotoMediaItemId = (string?)body["coverPhotoMediaItemId"] }, false);
        }

        return call.StartsWith("PATCH /v1/mediaItems/item", StringComparison.Ordinal)
            ? (200, new { id = call.Split('/')[^1], description = (string?)body["description"] }, false)
            : Mishap.Says(404, call.Contains("albums", StringComparison.Ordinal) ? "The provided ID does not match any albums" : "Requested entity was not found.").Answer();
    }
}

/// <summary>What goes wrong with one call.</summary>
internal sealed record Mishap(bool Applies, int? Status, string Body)
{
    /// <summary>The change is made, and the line breaks before its answer.</summary>
    public static Mishap LostReply { get; } = new(true, null, "");

    /// <summary>The line breaks before the change is made.</summary>
    public static Mishap LostCall { get; } = new(false, null, "");

    /// <summary>Nothing is done, and this is said.</summary>
    public static Mishap Says(int status, string message) => new(false, status, JsonSerializer.Serialize(new { error = new { code = status, message } }));

    /// <summary>The change is made, and this is answered.</summary>
    public static Mishap DoneButSays(int status, string body) => new(true, status, body);

    public (int Status, object Reply, bool Cut) Answer() => (Status ?? 0, Body, Status is null);
}
