using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>An emulator in this process and a bare HTTP client with a token for it.</summary>
public sealed class TestEmulator : IAsyncDisposable
{
    private readonly EmulatorServer _server;

    private TestEmulator(EmulatorServer server)
    {
        _server = server;
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = server.Address };
    }

    public HttpClient Http { get; }

    public Uri Address => _server.Address;

    public static async Task<TestEmulator> StartAsync(EmulatorOptions? options = null)
    {
        TestEmulator emulator = new(await EmulatorServer.StartAsync(options));
        emulator.Authorize((await emulator.IssueAsync()).AccessToken);
        return emulator;
    }

    public void Authorize(string? accessToken) => Http.DefaultRequestHeaders.Authorization =
        accessToken is null ? null : new AuthenticationHeaderValue("Bearer", accessToken);

    public async Task<(string AccessToken, string RefreshToken)> IssueAsync(params string[] scopes)
    {
        JsonElement reply = await PostAsync("emulator/tokens", scopes.Length == 0 ? new { } : new { scopes });
        return (reply.GetProperty("access_token").GetString()!, reply.GetProperty("refresh_token").GetString()!);
    }

    public async Task<JsonElement> GetAsync(string path) => await JsonAsync(await Http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<JsonElement> PostAsync(string path, object body, HttpStatusCode expected = HttpStatusCode.OK)
    {
        using HttpResponseMessage response = await Http.PostAsJsonAsync(path, body);
        Assert.Equal(expected, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public Task<JsonElement> SearchAsync(object body, HttpStatusCode expected = HttpStatusCode.OK) =>
        PostAsync("v1/mediaItems:search", body, expected);

    public async Task<JsonElement> RefusedAsync(string path, HttpStatusCode expected)
    {
        using HttpResponseMessage response = await Http.GetAsync(new Uri(path, UriKind.Relative));
        Assert.Equal(expected, response.StatusCode);
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");
    }

    public async Task<string> UploadAsync(byte[] bytes, string? fileName = null)
    {
        using HttpResponseMessage response = await SendUploadAsync(bytes, ("X-Goog-Upload-File-Name", fileName));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task<HttpResponseMessage> SendUploadAsync(byte[] bytes, params (string Name, string? Value)[] headers)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, "v1/uploads") { Content = new ByteArrayContent(bytes) };
        foreach ((string name, string? value) in headers.Prepend(("X-Goog-Upload-Protocol", "raw")))
        {
            if (value is not null)
            {
                request.Headers.Remove(name);
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await Http.SendAsync(request);
    }

    public Task<JsonElement> CreateAsync(HttpStatusCode expected, params string[] tokens) => PostAsync(
        "v1/mediaItems:batchCreate",
        new { newMediaItems = tokens.Select(token => new { simpleMediaItem = new { uploadToken = token } }) },
        expected);

    /// <summary>Uploads and creates one item.</summary>
    public async Task<JsonElement> AddAsync(byte[] bytes, string fileName = "a.jpg")
    {
        JsonElement reply = await CreateAsync(HttpStatusCode.OK, await UploadAsync(bytes, fileName));
        return reply.GetProperty("newMediaItemResults")[0].GetProperty("mediaItem");
    }

    /// <summary>Adds items by the admin call.</summary>
    public async Task<string[]> SeedAsync(object description) =>
        [.. (await PostAsync("emulator/items", description)).GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];

    public async Task<Uri> BaseUrlAsync(string id, string parameters) =>
        new((await GetAsync($"v1/mediaItems/{id}")).GetProperty("baseUrl").GetString() + parameters);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _server.DisposeAsync();
    }

    private static async Task<JsonElement> JsonAsync(HttpResponseMessage response)
    {
        using (response)
        {
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            return await response.Content.ReadFromJsonAsync<JsonElement>();
        }
    }
}
