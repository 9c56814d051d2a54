using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Speaks the Cloud Storage JSON API by hand, with a token for all of it and the bucket <c>bucket-one</c>.</summary>
internal sealed class StorageClient : IAsyncDisposable
{
    public const int Granule = 262_144;
    public const string Bucket = "bucket-one";

    private StorageClient(TestEmulator emulator) => Emulator = emulator;

    public TestEmulator Emulator { get; }

    public static async Task<StorageClient> StartAsync(EmulatorOptions? options = null)
    {
        StorageClient client = new(await TestEmulator.StartAsync(options));
        await client.Emulator.PostAsync("emulator/buckets", new { name = Bucket });
        await client.AuthorizeAsync("devstorage.full_control");
        return client;
    }

    public static string ObjectPath(string name, string query = "") => $"storage/v1/b/{Bucket}/o/{Uri.EscapeDataString(name)}{query}";

    public static string UploadPath(string query) => $"upload/storage/v1/b/{Bucket}/o?{query}";

    public async Task AuthorizeAsync(params string[] scopes) => Emulator.Authorize((await Emulator.IssueAsync(scopes)).AccessToken);

    public Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content = null, params (string Name, string Value)[] headers) =>
        SendAsync(method, new Uri(Emulator.Address, path), content, headers);

    public async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, Uri address, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        using HttpRequestMessage request = new(method, address) { Content = content };
        foreach ((string name, string value) in headers)
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content!.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Emulator.Http.SendAsync(request);
    }

    /// <summary>Sends a call that must be answered so, and gives the body.</summary>
    public async Task<JsonElement> JsonAsync(
        HttpMethod method, string path, HttpStatusCode expected = HttpStatusCode.OK, HttpContent? content = null,
        params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(method, path, content, headers);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>The reason and the message of a refusal.</summary>
    public async Task<(string Reason, string Message)> RefusedAsync(
        HttpMethod method, string path, HttpStatusCode expected, HttpContent? content = null, params (string Name, string Value)[] headers)
    {
        JsonElement error = (await JsonAsync(method, path, expected, content, headers)).GetProperty("error");
        Assert.Equal((int)expected, error.GetProperty("code").GetInt32());
        JsonElement first = error.GetProperty("errors")[0];
        Assert.Equal(("global", error.Text("message")), (first.Text("domain"), first.Text("message")));
        return (first.Text("reason"), first.Text("message"));
    }

    /// <summary>Makes an object in one call.</summary>
    public Task<JsonElement> PutAsync(string name, byte[] bytes, string query = "", HttpStatusCode expected = HttpStatusCode.OK) =>
        JsonAsync(HttpMethod.Post, UploadPath($"uploadType=media&name={Uri.EscapeDataString(name)}{query}"), expected, Body(bytes));

    /// <summary>Makes an object of metadata and bytes in one call.</summary>
    public Task<JsonElement> PutRelatedAsync(object metadata, byte[] bytes, HttpStatusCode expected = HttpStatusCode.OK) =>
        JsonAsync(HttpMethod.Post, UploadPath("uploadType=multipart"), expected, Related(JsonSerializer.Serialize(metadata), bytes));

    public static ByteArrayContent Body(byte[] bytes, string contentType = "image/jpeg")
    {
        ByteArrayContent body = new(bytes);
        body.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return body;
    }

    /// <summary>A body of two parts as a client of Google's writes it.</summary>
    public static ByteArrayContent Related(string metadata, byte[] bytes, string lineEnd = "\r\n", string quote = "", string last = "--")
    {
        byte[] head = Encoding.UTF8.GetBytes(string.Join(
            lineEnd, "--=edge==", "Content-Type: application/json", "", metadata, "--=edge==", "Content-Type: image/png", "", ""));
        ByteArrayContent body = new([.. head, .. bytes, .. Encoding.UTF8.GetBytes($"{lineEnd}--=edge=={last}")]);
        body.Headers.TryAddWithoutValidation("Content-Type", $"multipart/related; boundary={quote}=edge=={quote}");
        return body;
    }

    /// <summary>Begins a session and gives its address.</summary>
    public async Task<Uri> StartSessionAsync(object metadata, string query = "", params (string Name, string Value)[] headers)
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Post, UploadPath("uploadType=resumable" + query), JsonContent.Create(metadata), headers);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Empty(await response.Content.ReadAsByteArrayAsync());
        return response.Headers.Location!;
    }

    /// <summary>Sends the bytes from an offset on, or with no bytes asks how many have arrived.</summary>
    /// <returns>The status, and the number of bytes that have arrived; null where the reply tells none.</returns>
    public async Task<(int Status, long? Arrived)> ChunkAsync(Uri session, string range, ReadOnlyMemory<byte> bytes = default)
    {
        using HttpResponseMessage response = await SendAsync(
            HttpMethod.Put, session, new ReadOnlyMemoryContent(bytes), ("Content-Range", "bytes " + range));
        return ((int)response.StatusCode, Arrived(response));
    }

    public static long? Arrived(HttpResponseMessage response)
    {
        if (!response.Headers.TryGetValues("Range", out IEnumerable<string>? values))
        {
            return null;
        }

        string range = values.Single();
        Assert.StartsWith("bytes=0-", range, StringComparison.Ordinal);
        return long.Parse(range["bytes=0-".Length..], CultureInfo.InvariantCulture) + 1;
    }

    public async Task<string[]> NamesAsync() => [.. (await Emulator.GetAsync($"emulator/buckets/{Bucket}/objects")).EnumerateArray()
        .Select(stored => stored.Text("name"))];

    public ValueTask DisposeAsync() => Emulator.DisposeAsync();
}
