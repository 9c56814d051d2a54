using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>A browser without a window, driven through its DevTools protocol (https://chromedevtools.github.io/devtools-protocol/).</summary>
internal sealed class Chromium : IAsyncDisposable
{
    private readonly Process _process;
    private readonly string _profile;
    private readonly HttpClient _http = new();
    private Uri? _address;

    private Chromium(Process process, string profile) => (_process, _profile) = (process, profile);

    /// <summary>Where it is installed; null where it is not.</summary>
    public static string? Path { get; } = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
        .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    public static async Task<Chromium> StartAsync()
    {
        string profile = Directory.CreateTempSubdirectory("gphotos-chromium-").FullName;
        ProcessStartInfo start = new(
            Path!,
            ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0", $"--user-data-dir={profile}", "about:blank"])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        Chromium browser = new(process, profile);
        try
        {
            browser._address = await browser.AddressAsync();
            return browser;
        }
        catch
        {
            await browser.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a tab, as following a link from another program does.</summary>
    public async Task<Tab> OpenAsync(string address)
    {
        using HttpResponseMessage response = await _http.PutAsync(new Uri(_address!, $"json/new?{Uri.EscapeDataString(address)}"), content: null);
        using JsonDocument tab = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        ClientWebSocket socket = new();
        await socket.ConnectAsync(new Uri(tab.RootElement.Text("webSocketDebuggerUrl")), CancellationToken.None);
        return new Tab(socket, tab.RootElement.Text("id"));
    }

    /// <summary>Whether a tab is still open.</summary>
    public async Task<bool> HasAsync(Tab tab) =>
        (await _http.GetStringAsync(new Uri(_address!, "json/list"))).Contains(tab.Id, StringComparison.Ordinal);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        for (int attempt = 0; attempt < 50 && Directory.Exists(_profile); attempt++)
        {
            try
            {
                Directory.Delete(_profile, recursive: true);
            }
            catch (IOException)
            {
                // A child of the browser is still writing its last.
                await Task.Delay(100);
            }
        }
    }

    /// <summary>The browser writes its port into its profile once it listens.</summary>
    private async Task<Uri> AddressAsync()
    {
        string file = System.IO.Path.Combine(_profile, "DevToolsActivePort");
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(60));
        while (true)
        {
            string[] lines = File.Exists(file) ? await File.ReadAllLinesAsync(file, patience.Token) : [];
            if (lines.Length > 1)
            {
                return new Uri($"http://127.0.0.1:{lines[0]}/");
            }

            await Task.Delay(20, patience.Token);
        }
    }

    /// <summary>One page.</summary>
    internal sealed class Tab(ClientWebSocket socket, string id) : IDisposable
    {
        public string Id => id;

        /// <summary>Runs a script in the page.</summary>
        /// <returns>Its value as text.</returns>
        public async Task<string> RunAsync(string script)
        {
            using JsonDocument answer = await CommandAsync("Runtime.evaluate", new { expression = $"String({script})", awaitPromise = true, returnByValue = true });
            // A page that is still on its way has no answer yet.
            return answer.RootElement.TryGetProperty("result", out JsonElement result) && result.TryGetProperty("result", out JsonElement value)
                && value.TryGetProperty("value", out JsonElement text) ? text.GetString()! : "";
        }

        /// <summary>Presses a key as a person does: the browser does with it what it does with such keys.</summary>
        public async Task PressAsync(string key, string? text = null)
        {
            text ??= key.Length == 1 ? key : key == "Enter" ? "\r" : null;
            int windowsVirtualKeyCode = key switch { "Enter" => 13, "Escape" => 27, "Tab" => 9, _ => 0 };
            using JsonDocument down = await CommandAsync("Input.dispatchKeyEvent", new { type = text is null ? "rawKeyDown" : "keyDown", key, text = text ?? "", windowsVirtualKeyCode });
            using JsonDocument up = await CommandAsync("Input.dispatchKeyEvent", new { type = "keyUp", key, windowsVirtualKeyCode });
        }

        private async Task<JsonDocument> CommandAsync(string method, object @params)
        {
            string command = JsonSerializer.Serialize(new { id = 1, method, @params });
            await socket.SendAsync(Encoding.UTF8.GetBytes(command), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);
            using MemoryStream reply = new();
            byte[] buffer = new byte[16 * 1024];
            WebSocketReceiveResult part;
            do
            {
                part = await socket.ReceiveAsync(buffer, CancellationToken.None);
                await reply.WriteAsync(buffer.AsMemory(0, part.Count));
            }
            while (!part.EndOfMessage);

            return JsonDocument.Parse(reply.ToArray());
        }

        /// <summary>Waits until a condition holds in the page.</summary>
        public async Task UntilAsync(string condition)
        {
            using CancellationTokenSource patience = new(TimeSpan.FromSeconds(30));
            while (await RunAsync(condition) != "true")
            {
                await Task.Delay(20, patience.Token);
            }
        }

        public void Dispose() => socket.Dispose();
    }
}
