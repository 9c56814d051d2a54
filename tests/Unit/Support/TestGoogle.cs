using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Emulator;

namespace GPhotos.Tests.Support;

/// <summary>An emulator in this process, a client of it that waits for nothing, and the admin calls.</summary>
internal sealed class TestGoogle : IAsyncDisposable
{
    private readonly EmulatorServer _server;
    private readonly HttpClient _http;
    private readonly List<IDisposable> _owned = [];

    private TestGoogle(EmulatorServer server, TestClock clock)
    {
        (_server, Clock) = (server, clock);
        _http = new HttpClient { BaseAddress = server.Address };
        Endpoints = GPhotosEndpoints.At(server.Address);
    }

    public Uri Address => _server.Address;

    public GPhotosEndpoints Endpoints { get; }

    /// <summary>The client's clock. The server goes by it too where its options name it.</summary>
    public TestClock Clock { get; }

    public HttpClient Http => _http;

    /// <summary>A client with a token for every scope.</summary>
    public GPhotosClient Client { get; private set; } = null!;

    public static async Task<TestGoogle> StartAsync(EmulatorOptions? options = null)
    {
        // Most tests are not about the limits, and their client does not wait in real time.
        options ??= new EmulatorOptions { WritesPerMinute = 0 };
        TestGoogle google = new(await EmulatorServer.StartAsync(options), options.TimeProvider as TestClock ?? new TestClock());
        google.Client = google.NewClient((await google.IssueAsync()).AccessToken);
        return google;
    }

    public GPhotosClient NewClient(string accessToken) => NewClient(new FixedTokenSource(accessToken, null));

    /// <summary>A client whose journal outlives it, as that of a process does: make another on the same folder for the next process.</summary>
    public async Task<GPhotosClient> NewProcessAsync(TempFolder data) =>
        NewClient(new FixedTokenSource((await IssueAsync()).AccessToken, null), dataFolder: data.Path);

    public GPhotosClient NewClient(
        IAccessTokenSource tokens, string account = "", IReadOnlyList<string>? scopes = null, string? dataFolder = null)
    {
        GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = Endpoints,
            Tokens = tokens,
            Account = account,
            Scopes = scopes,
            DataFolder = dataFolder,
            TimeProvider = Clock,
            AnswerTimeout = TestClock.AttemptLimit,
        });
        _owned.Add(client);
        return client;
    }

    /// <summary>A source that can renew its tokens, and has none yet.</summary>
    public UserTokenSource Renewable(string refreshToken)
    {
        UserTokenSource source = new(Endpoints, TestClient.Secret, refreshToken);
        _owned.Add(source);
        return source;
    }

    public async Task<(string AccessToken, string RefreshToken)> IssueAsync(params string[] scopes)
    {
        JsonElement reply = await PostAsync("emulator/tokens", scopes.Length == 0 ? new { } : new { scopes });
        return (reply.GetProperty("access_token").GetString()!, reply.GetProperty("refresh_token").GetString()!);
    }

    public Task ExpireTokensAsync(bool refreshTokensToo = false) =>
        DeleteAsync("emulator/tokens" + (refreshTokensToo ? "?refresh=true" : ""));

    public Task ExpireBaseUrlsAsync() => PostAsync("emulator/base-urls/expire", new { });

    /// <summary>Sets a fault; the fields are those of POST /emulator/faults.</summary>
    public Task FaultAsync(object fault) => PostAsync("emulator/faults", fault);

    public Task ClearFaultsAsync() => DeleteAsync("emulator/faults");

    /// <summary>Adds items; the fields are those of POST /emulator/items.</summary>
    public async Task<string[]> SeedAsync(object items) =>
        [.. (await PostAsync("emulator/items", items)).GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];

    public async Task<string> SeedOneAsync(object item) => Assert.Single(await SeedAsync(item));

    public Task<byte[]> OriginalAsync(string id) => _http.GetByteArrayAsync(new Uri($"emulator/items/{id}/original", UriKind.Relative));

    /// <summary>What the library holds, whoever may see it.</summary>
    public async Task<JsonElement[]> ItemsAsync() =>
        [.. (await _http.GetFromJsonAsync<JsonElement>("emulator/items")).EnumerateArray()];

    public async Task<TestStatistics> StatisticsAsync() => new(await _http.GetFromJsonAsync<JsonElement>("emulator/stats"));

    public Task ResetStatisticsAsync() => DeleteAsync("emulator/stats");

    /// <summary>Asks until the emulator reports what is waited for.</summary>
    public async Task UntilAsync(Func<TestStatistics, bool> holds)
    {
        using CancellationTokenSource limit = new(TimeSpan.FromSeconds(20));
        while (!holds(await StatisticsAsync()))
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>Calls one of the admin paths.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using HttpResponseMessage response = await _http.PostAsJsonAsync(path, body);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        _owned.ForEach(o => o.Dispose());
        _http.Dispose();
        await _server.DisposeAsync();
    }

    private async Task DeleteAsync(string path)
    {
        using HttpResponseMessage response = await _http.DeleteAsync(new Uri(path, UriKind.Relative));
        response.EnsureSuccessStatusCode();
    }
}
