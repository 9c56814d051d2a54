using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Hosting;

namespace GPhotos.Tests.Storage;

/// <summary>What a <see cref="FakeBucket"/> was asked.</summary>
internal sealed record BucketCall(string Kind, string Target, string? Range, int Bytes, string? Authorization, string? Hash, JsonNode? Json);

/// <summary>
/// One bucket as Google documents the JSON API, and a script for what goes wrong: finer than the emulator's faults, which cannot keep
/// less than arrived, or damage it.
/// </summary>
internal sealed class FakeBucket : IAsyncDisposable
{
    public const string Name = "photos-backup";

    private const int Granule = 256 * 1024;

    private readonly WebApplication _application;
    private readonly ConcurrentDictionary<string, Session> _sessions = new();
    private readonly ConcurrentDictionary<string, Queue<Trouble>> _troubles = new();
    private long _generation = 1000;
    private int _tokens;

    private FakeBucket(WebApplication application) => _application = application;

    public Uri Address => new(_application.Urls.First());

    public ConcurrentQueue<BucketCall> Calls { get; } = new();

    public ConcurrentDictionary<string, FakeObject> Objects { get; } = new();

    public int PageSize { get; set; } = 1000;

    /// <summary>Whether X-Goog-Hash is checked.</summary>
    public bool ChecksHash { get; set; }

    /// <summary>How many objects more arrive with another byte than was sent.</summary>
    public int Damages { get; set; }

    /// <summary>Ends with the first call that is left hanging.</summary>
    public TaskCompletionSource Hanging { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Tokens up to this one are not taken any more.</summary>
    public int ExpiredTokens { get; set; }

    /// <summary>What new sessions are told to be at; null for the truth.</summary>
    public string? SessionHost { get; set; }

    public static async Task<FakeBucket> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        FakeBucket bucket = new(builder.Build());
        bucket._application.Run(bucket.AnswerAsync);
        await bucket._application.StartAsync();
        return bucket;
    }

    public int Count(string kind) => Calls.Count(c => c.Kind == kind);

    public string[] Ranges => [.. Calls.Where(c => c.Kind == "send").Select(c => c.Range ?? "")];

    /// <summary>The scopes of the assertions that tokens were asked for with.</summary>
    public ConcurrentQueue<string> TokenScopes { get; } = new();

    /// <summary>The next call of the kind comes to this; those after it to the next.</summary>
    public FakeBucket Then(string kind, Trouble trouble)
    {
        _troubles.GetOrAdd(kind, _ => new Queue<Trouble>()).Enqueue(trouble);
        return this;
    }

    public void Seed(string name, byte[] bytes) => Objects[name] = new FakeObject(name, bytes, null, "STANDARD", new JsonObject(), ++_generation);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private async Task AnswerAsync(HttpContext context)
    {
        HttpRequest request = context.Request;
        string target = context.Features.Get<IHttpRequestFeature>()!.RawTarget;
        string kind = KindOf(request, target);
        Trouble? trouble = _troubles.TryGetValue(kind, out Queue<Trouble>? queue) && queue.TryDequeue(out Trouble? next) ? next : null;
        if (trouble == Trouble.Hang)
        {
            Hanging.TrySetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted).ContinueWith(static _ => { }, TaskScheduler.Default);
            return;
        }

        byte[] body = await ReadAsync(request.Body, trouble?.BreakAfter);
        string? authorization = request.Headers.Authorization;
        Calls.Enqueue(new BucketCall(
            kind, target, request.Headers.ContentRange, body.Length, authorization, request.Headers["X-Goog-Hash"],
            request.ContentType?.StartsWith("application/json", StringComparison.Ordinal) == true ? JsonNode.Parse(body) : null));

        if (trouble is { Status: { } status, Applies: false })
        {
            await WriteAsync(context, (status, trouble.Body));
            return;
        }

        if (kind != "token" && !IsTaken(authorization))
        {
            await WriteAsync(context, (401, Error(401, "Invalid Credentials", "authError")));
            return;
        }

        (int, string) answer = trouble is { Applies: false, BreakAfter: null } ? default : kind switch
        {
            "token" => Token(Encoding.UTF8.GetString(body)),
            "start" => Begin(context, JsonNode.Parse(body)!),
            "send" or "query" => Take(context, target, body, trouble),
            "cancel" => (_sessions.TryRemove(Id(target), out _) ? 499 : 404, ""),
            "list" => List(request),
            "patch" => Patch(target, request, JsonNode.Parse(body)!),
            "delete" => Delete(target, request),
            _ => (400, Error(400, "The fake knows no such call.", "invalid")),
        };
        if (trouble is not null && trouble.KeepOnly is null && trouble.Status is null)
        {
            context.Abort();
            return;
        }

        await WriteAsync(context, trouble is { Status: { } late } ? (late, trouble.Body) : answer);
    }

    private static string KindOf(HttpRequest request, string target) => request.Method switch
    {
        "POST" when target == "/token" => "token",
        "POST" => "start",
        "PUT" when request.ContentLength == 0 && !$"{request.Headers.ContentRange}".EndsWith("/0", StringComparison.Ordinal) => "query",
        "PUT" => "send",
        "GET" => "list",
        "PATCH" => "patch",
        "DELETE" when target.Contains("upload_id=", StringComparison.Ordinal) => "cancel",
        _ => "delete",
    };

    private bool IsTaken(string? authorization) =>
        authorization?.StartsWith("Bearer token-", StringComparison.Ordinal) == true
        && int.Parse(authorization["Bearer token-".Length..], CultureInfo.InvariantCulture) > ExpiredTokens;

    private (int, string) Token(string form)
    {
        string claims = form.Split("assertion=")[1].Split('.')[1];
        TokenScopes.Enqueue((string)JsonNode.Parse(Base64Url.DecodeFromChars(claims))!["scope"]!);
        return (200, JsonSerializer.Serialize(new { access_token = $"token-{Interlocked.Increment(ref _tokens)}", expires_in = 3600, token_type = "Bearer" }));
    }

    private (int, string) Begin(HttpContext context, JsonNode metadata)
    {
        string name = (string)metadata["name"]!, id = Guid.NewGuid().ToString("N");
        if (!Holds(context.Request, name))
        {
            return (412, Error(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet"));
        }

        _sessions[id] = new Session(name, metadata, new MemoryStream(), context.Request.Query["ifGenerationMatch"]!);
        context.Response.Headers.Location = $"{SessionHost ?? Address.ToString()}upload/storage/v1/b/{Name}/o?uploadType=resumable&upload_id={id}";
        return (200, "");
    }

    private (int, string) Take(HttpContext context, string target, byte[] body, Trouble? trouble)
    {
        if (!_sessions.TryGetValue(Id(target), out Session? session))
        {
            return (404, "");
        }

        if (session.Done is { } done)
        {
            return (200, done.ToJson());
        }

        string[] range = $"{context.Request.Headers.ContentRange}"["bytes ".Length..].Split('/');
        if (range[0] != "*")
        {
            long from = long.Parse(range[0].Split('-')[0], CultureInfo.InvariantCulture), to = long.Parse(range[0].Split('-')[1], CultureInfo.InvariantCulture);
            long announced = to - from + 1;
            bool isLast = range[1] != "*" && to + 1 == long.Parse(range[1], CultureInfo.InvariantCulture);
            if (from != session.Bytes.Length || (!isLast && announced % Granule != 0) || (trouble?.BreakAfter is null && announced != body.Length))
            {
                return (400, Error(400, $"The range {range[0]} does not fit: {session.Bytes.Length} bytes are here.", "invalid"));
            }

            int kept = trouble?.KeepOnly ?? (body.Length == announced ? body.Length : body.Length / Granule * Granule);
            session.Bytes.Write(body, 0, kept);
        }

        if (range[1] == "*" || session.Bytes.Length < long.Parse(range[1], CultureInfo.InvariantCulture))
        {
            if (session.Bytes.Length > 0)
            {
                context.Response.Headers["Range"] = $"bytes=0-{session.Bytes.Length - 1}";
            }

            return (308, "");
        }

        return Finish(context.Request, session);
    }

    private (int, string) Finish(HttpRequest request, Session session)
    {
        byte[] bytes = session.Bytes.ToArray();
        if (Damages > 0)
        {
            Damages--;
            bytes[bytes.Length / 2] ^= 1;
        }

        if (session.Match == "0" && Objects.ContainsKey(session.Name))
        {
            return (412, Error(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet"));
        }

        FakeObject made = new(
            session.Name, bytes, (string?)session.Metadata["contentType"], (string?)session.Metadata["storageClass"] ?? "STANDARD",
            session.Metadata["metadata"]?.DeepClone(), Interlocked.Increment(ref _generation));
        if (ChecksHash && $"{request.Headers["X-Goog-Hash"]}" != "crc32c=" + made.Crc32c)
        {
            return (400, Error(400, "Provided CRC32C \"AAAAAA==\" doesn't match calculated CRC32C \"BBBBBB==\".", "invalid"));
        }

        session.Done = made;
        Objects[session.Name] = made;
        return (200, made.ToJson());
    }

    private (int, string) List(HttpRequest request)
    {
        string prefix = request.Query["prefix"]!;
        int from = int.Parse(((string?)request.Query["pageToken"])?.TrimStart('+', '/') ?? "0", CultureInfo.InvariantCulture);
        FakeObject[] all = [.. Objects.Values.Where(o => o.Name.StartsWith(prefix, StringComparison.Ordinal)).OrderBy(o => o.Name, StringComparer.Ordinal)];
        JsonObject page = new();
        if (all.Length > from)
        {
            page["items"] = new JsonArray([.. all.Skip(from).Take(PageSize).Select(o => JsonNode.Parse(o.ToJson()))]);
        }

        if (from + PageSize < all.Length)
        {
            page["nextPageToken"] = $"+/{from + PageSize}";
        }

        return (200, page.ToJsonString());
    }

    private (int, string) Patch(string target, HttpRequest request, JsonNode change)
    {
        if (!Objects.TryGetValue(NameIn(target), out FakeObject? found))
        {
            return (404, Error(404, $"No such object: {Name}/{NameIn(target)}", "notFound"));
        }

        if (!Holds(request, found.Name))
        {
            return (412, Error(412, "At least one of the pre-conditions you specified did not hold.", "conditionNotMet"));
        }

        JsonObject metadata = (JsonObject)(found.Metadata?.DeepClone() ?? new JsonObject());
        foreach ((string key, JsonNode? value) in (JsonObject)change["metadata"]!)
        {
            metadata.Remove(key);
            if (value is not null)
            {
                metadata[key] = value.DeepClone();
            }
        }

        Objects[found.Name] = found with { Metadata = metadata };
        return (200, Objects[found.Name].ToJson());
    }

    private (int, string) Delete(string target, HttpRequest request) =>
        Objects.TryGetValue(NameIn(target), out FakeObject? found) && $"{found.Generation}" == request.Query["generation"] && Objects.TryRemove(found.Name, out _)
            ? (204, "")
            : (404, Error(404, $"No such object: {Name}/{NameIn(target)}", "notFound"));

    private bool Holds(HttpRequest request, string name) =>
        request.Query["ifGenerationMatch"] == (Objects.TryGetValue(name, out FakeObject? found) ? $"{found.Generation}" : "0");

    private static string Id(string target) => target[(target.IndexOf("upload_id=", StringComparison.Ordinal) + "upload_id=".Length)..];

    private static string NameIn(string target) => Uri.UnescapeDataString(target.Split('?')[0][$"/storage/v1/b/{Name}/o/".Length..]);

    private static async Task<byte[]> ReadAsync(Stream body, int? most)
    {
        using MemoryStream all = new();
        byte[] buffer = new byte[64 * 1024];
        int read;
        while ((most is null || all.Length < most) && (read = await body.ReadAsync(buffer.AsMemory(0, (int)Math.Min(buffer.Length, (most ?? int.MaxValue) - all.Length)))) > 0)
        {
            await all.WriteAsync(buffer.AsMemory(0, read));
        }

        return all.ToArray();
    }

    private static async Task WriteAsync(HttpContext context, (int Status, string Body) answer)
    {
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json; charset=UTF-8";
        if (answer.Status != 204)
        {
            await context.Response.WriteAsync(answer.Body);
        }
    }

    public static string Error(int code, string message, string reason) =>
        JsonSerializer.Serialize(new { error = new { code, message, errors = new[] { new { message, domain = "global", reason } } } });

    private sealed record Session(string Name, JsonNode Metadata, MemoryStream Bytes, string Match)
    {
        public FakeObject? Done { get; set; }
    }
}

/// <summary>What goes wrong with one call.</summary>
internal sealed record Trouble(bool Applies, int? Status = null, string Body = "", int? BreakAfter = null, int? KeepOnly = null)
{
    /// <summary>The line breaks before anything is done.</summary>
    public static Trouble Lost { get; } = new(false);

    /// <summary>All is done, and the line breaks before the answer.</summary>
    public static Trouble LostReply { get; } = new(true);

    /// <summary>The server neither reads nor answers.</summary>
    public static Trouble Hang { get; } = new(false, BreakAfter: -1);

    /// <summary>The line breaks after so many bytes.</summary>
    public static Trouble Break(int after) => new(true, BreakAfter: after);

    /// <summary>Only so many bytes of the body are kept.</summary>
    public static Trouble Keep(int bytes) => new(true, KeepOnly: bytes);

    /// <summary>Nothing is done, and this is answered.</summary>
    public static Trouble Says(int status, string message = "", string reason = "") => new(false, status, message.Length == 0 ? "" : FakeBucket.Error(status, message, reason));

    /// <summary>All is done, and this is answered.</summary>
    public static Trouble DoneButSays(int status) => new(true, status);
}

/// <summary>An object of a <see cref="FakeBucket"/>.</summary>
internal sealed record FakeObject(string Name, byte[] Bytes, string? ContentType, string StorageClass, JsonNode? Metadata, long Generation)
{
#pragma warning disable CA5351 // Not for secrecy: it is what a bucket reports.
    public string Md5 => Convert.ToBase64String(MD5.HashData(Bytes));
#pragma warning restore CA5351

    public string Crc32c => Checksums.Crc32c(Bytes);

    public string ToJson() => new JsonObject
    {
        ["kind"] = "storage#object",
        ["name"] = Name,
        ["size"] = Bytes.Length.ToString(CultureInfo.InvariantCulture),
        ["md5Hash"] = Md5,
        ["crc32c"] = Crc32c,
        ["generation"] = Generation.ToString(CultureInfo.InvariantCulture),
        ["storageClass"] = StorageClass,
        ["metadata"] = Metadata?.DeepClone(),
    }.ToJsonString();
}

/// <summary>CRC32C bit by bit, as the polynomial is written: no code shared with what is tested.</summary>
internal static class Checksums
{
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(i =>
    {
        uint value = (uint)i;
        for (int bit = 0; bit < 8; bit++)
        {
            value = (value & 1) == 1 ? (value >> 1) ^ 0x82F63B78 : value >> 1;
        }

        return value;
    })];

    public static string Crc32c(byte[] bytes)
    {
        uint crc = uint.MaxValue;
        foreach (byte b in bytes)
        {
            crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
        }

        crc = ~crc;
        return Convert.ToBase64String([(byte)(crc >> 24), (byte)(crc >> 16), (byte)(crc >> 8), (byte)crc]);
    }
}
