using System.Diagnostics;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ProgramTests
{
    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "GPhotos.Emulator.dll");
        ProcessStartInfo start = new("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    [Fact]
    public async Task It_tells_its_address_first_and_ends_with_its_parent()
    {
        using Process process = Start("--items", "3", "--stop-on-stdin-end");
        string? line = await process.StandardOutput.ReadLineAsync();
        Assert.Matches("^emulator on http://127\\.0\\.0\\.1:[0-9]+$", line);
        using HttpClient http = new();
        string page = await http.GetStringAsync(new Uri(line!["emulator on ".Length..]));
        Assert.Contains("3 items", page, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(0, process.ExitCode);
    }

    [Fact]
    public async Task Limits_are_set_on_the_command_line()
    {
        using Process process = Start(
            "--writes-per-minute", "0", "--daily-limit", "7", "--daily-media-limit", "8", "--writes-per-minute", "9", "--stop-on-stdin-end");
        string? line = await process.StandardOutput.ReadLineAsync();
        using HttpClient http = new();
        string limits = await http.GetStringAsync(new Uri(line!["emulator on ".Length..] + "/emulator/limits"));
        Assert.StartsWith("""{"daily":7,"dailyMedia":8,"writesPerMinute":9,""", limits, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Buckets_are_made_on_the_command_line()
    {
        using Process process = Start("--bucket", "one-bucket", "--bucket", "two.bucket", "--bucket", "one-bucket", "--stop-on-stdin-end");
        string? line = await process.StandardOutput.ReadLineAsync();
        using HttpClient http = new();
        string buckets = await http.GetStringAsync(new Uri(line!["emulator on ".Length..] + "/emulator/buckets"));
        Assert.Matches("^\\[{\"name\":\"one-bucket\",[^}]*},{\"name\":\"two.bucket\",[^}]*}\\]$", buckets);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task Takeout_archives_are_made_instead()
    {
        using TemporaryFolder folder = new();
        (int code, string said) = await RunAsync("takeout", "--out", folder.Path, "--parts", "2", "--format", "tgz", "--seed", "3", "--hostile");
        Assert.Equal(0, code);
        Assert.Matches("^made [0-9]+ entries in 2 parts in .*, and [0-9]+ hostile archives", said);
        Assert.Equal(["hostile", "takeout-20240712T112341Z-4-001.tgz", "takeout-20240712T112341Z-4-002.tgz", "takeout-truth.json"],
            Directory.EnumerateFileSystemEntries(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.True(File.Exists(folder.Under("hostile/hostile.json")));

        (code, said) = await RunAsync("takeout", "--out", folder.Path);
        Assert.Equal(1, code);
        Assert.Contains("is not empty", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, "Try takeout --help.", "--items", "5")]
    [InlineData(2, "Try takeout --help.", "--format", "rar")]
    [InlineData(2, "Try takeout --help.", "--format", "0")]
    [InlineData(2, "Try takeout --help.", "--parts", "0")]
    [InlineData(2, "Try takeout --help.", "--locale", "xx")]
    [InlineData(2, "Try takeout --help.", "--port", "0")]
    [InlineData(0, "--hostile", "--help")]
    public async Task Takeout_says_what_is_wrong(int expected, string words, params string[] arguments)
    {
        (int code, string said) = await RunAsync(["takeout", .. arguments]);
        Assert.Equal(expected, code);
        Assert.Contains(words, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_Picker_is_set_on_the_command_line()
    {
        using Process process = Start(
            "--foreign-items", "4", "--auto-pick", "3", "--auto-pick-after", "50", "--picker-poll-interval", "0.05", "--picker-timeout", "2.5",
            "--picker-session-lifetime", "60", "--picker-session-limit", "7", "--picker-inactive", "one", "--picker-inactive", "two",
            "--picker-unsigned-status", "403", "--picker-camera-in-photo-metadata", "--short-pages", "--stop-on-stdin-end");
        string? line = await process.StandardOutput.ReadLineAsync();
        using HttpClient http = new();
        string address = line!["emulator on ".Length..];
        string settings = await http.GetStringAsync(new Uri(address + "/emulator/picker"));
        Assert.Contains(
            """
            {"pollIntervalMilliseconds":50,"timeoutMilliseconds":2500,"sessionLifetimeSeconds":60,"sessionLimit":7,"autoPick":3,
            "autoPickAfterMilliseconds":50,"inactiveUsers":["one","two"],"unsignedMediaStatus":403,"cameraInPhotoMetadata":true}
            """.ReplaceLineEndings(""),
            settings,
            StringComparison.Ordinal);
        Assert.Contains("4 items", await http.GetStringAsync(new Uri(address)), StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task The_consent_screen_is_in_testing_when_asked()
    {
        using Process process = Start("--testing", "--stop-on-stdin-end");
        string? line = await process.StandardOutput.ReadLineAsync();
        using HttpClient http = new();
        string oauth = await http.GetStringAsync(new Uri(line!["emulator on ".Length..] + "/emulator/oauth"));
        Assert.StartsWith("""{"publishingStatus":"testing","testUsers":["user"],""", oauth, StringComparison.Ordinal);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Theory]
    [InlineData(2, "--bucket", "Upper")]
    [InlineData(2, "--picker-unsigned-status", "402")]
    [InlineData(2, "--auto-pick", "2001")]
    [InlineData(2, "--daily-limit", "-1")]
    [InlineData(2, "--bogus")]
    [InlineData(2, "--items", "many")]
    [InlineData(2, "--port")]
    [InlineData(0, "--help")]
    public async Task It_says_what_is_wrong_and_does_not_start(int expected, params string[] arguments)
    {
        (int code, string said) = await RunAsync(arguments);
        Assert.Equal(expected, code);
        Assert.Contains(expected == 0 ? "--seed-from FOLDER" : "Try --help.", said, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Said)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        string said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return (process.ExitCode, said);
    }
}
