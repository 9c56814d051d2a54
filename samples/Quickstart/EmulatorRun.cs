using System.Diagnostics;
using System.Net;
using System.Text.RegularExpressions;

namespace Quickstart;

/// <summary>An emulator of our own, and the hand that presses "Allow" on its consent page.</summary>
internal sealed partial class EmulatorRun : IDisposable
{
    private readonly Process _process;

    private EmulatorRun(Process process, Uri endpoint, string clientSecretPath) =>
        (_process, Endpoint, ClientSecretPath) = (process, endpoint, clientSecretPath);

    public Uri Endpoint { get; }

    public string ClientSecretPath { get; }

    public static async Task<EmulatorRun> StartAsync()
    {
        ProcessStartInfo start = new(
            "dotnet",
            ["run", "--project", "src/GPhotos.Emulator", "-c", "Release", "--", "--port", "0", "--seed-from", "samples/photos", "--stop-on-stdin-end"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync() ?? "";
        Uri endpoint = new(line.Replace("emulator on ", "", StringComparison.Ordinal));

        using HttpClient http = new();
        string path = Path.Combine("output", "quickstart", "client_secret.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllBytesAsync(path, await http.GetByteArrayAsync(new Uri(endpoint, "emulator/client_secret.json")));
        return new EmulatorRun(process, endpoint, path);
    }

    /// <summary>Sends the consent form with every box ticked; the redirect leads to the listener of the sign-in.</summary>
    public static void Approve(Uri page) => Task.Run(async () =>
    {
        using HttpClient http = new();
        string html = await http.GetStringAsync(page);
        List<KeyValuePair<string, string>> fields =
            [.. Field().Matches(html).Select(m => KeyValuePair.Create(m.Groups[1].Value, WebUtility.HtmlDecode(m.Groups[2].Value))), new("decision", "allow")];
        using FormUrlEncodedContent form = new(fields);
        using HttpResponseMessage answer = await http.PostAsync(page, form);
    });

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
        File.Delete(ClientSecretPath);
    }

    [GeneratedRegex("<input type=\"[a-z]+\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Field();
}
