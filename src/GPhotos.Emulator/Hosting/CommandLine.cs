using System.Globalization;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Picker;

namespace GPhotos.Emulator.Hosting;

/// <summary>The options of the emulator as a program.</summary>
internal sealed record CommandLine
{
    private const string Usage = """
        Google Photos on loopback, and beside it the part of Cloud Storage that backups need.

          --port N                     port to listen on (default: any free one)
          --seed-from FOLDER           fill the library from a folder, with what lies below it
          --items N                    fill the library with N synthetic media items
          --foreign-items N            have N more that no app made, of several kinds: only the Picker shows them
          --bucket NAME                have a Cloud Storage bucket of this name; may be repeated
          --grant-legacy-scopes        honour the scopes Google removed in 2025
          --testing                    the consent screen is in testing: test users alone can consent, for seven days
          --base-url-lifetime SECONDS  default 3600
          --access-token-lifetime SECONDS  default 3599
          --daily-limit N              Library requests a day and project (default 10000, 0: no limit)
          --daily-media-limit N        requests for media bytes a day and project (default 75000, 0: no limit)
          --writes-per-minute N        writes a minute and user (default 30, 0: no limit)
          --album-capacity N           items an album may have (default 20000)
          --video-processing SECONDS   how long a new video stays PROCESSING (default 0)
          --latency MILLISECONDS       added to each reply
          --empty-pages                empty pages that carry a token
          --short-pages                half a page in place of every other
          --trailing-page-token        a token after the last page
          --repeat-at-page-seams       an item again at the head of the next page
          --auto-pick N                in every picking session pick the newest N items, without a browser
          --auto-pick-after MILLISECONDS  how long after the session's creation (default 200)
          --picker-poll-interval SECONDS  told to clients, such as 0.05 (default 5)
          --picker-timeout SECONDS     until clients are to stop polling (default 1800)
          --picker-session-lifetime SECONDS  default 86400
          --picker-session-limit N     sessions a user may have at a time (default 20, 0: no limit)
          --picker-inactive USER       a user without Google Photos account; may be repeated
          --picker-unsigned-status N   401 or 403 for the Picker's base URLs without a token (default 401)
          --picker-camera-in-photo-metadata  the camera inside photoMetadata, not beside it
          --proxy CERTIFICATE          also be an HTTPS proxy for Google's own hosts, for clients that
                                       have them built in; writes the certificate they must trust
          --stop-on-stdin-end          end when standard input is closed
          --help                       this text

        As "takeout --out DIR" it makes Google Takeout archives instead: takeout --help.

        The first line written is "emulator on http://127.0.0.1:PORT"; with --proxy the second
        is "proxy on http://127.0.0.1:PORT", the value for HTTPS_PROXY.
        """;

    public EmulatorOptions Options { get; private init; } = new();

    public bool StopOnStandardInputEnd { get; private init; }

    /// <summary>Where the proxy's certificate goes; without it there is no proxy.</summary>
    public string? ProxyCertificatePath { get; private init; }

    /// <summary>Something to say instead of running.</summary>
    public string? Message { get; private init; }

    public int ExitCode { get; private init; }

    public static CommandLine Parse(IReadOnlyList<string> arguments)
    {
        CommandLine command = new();
        Queue<string> rest = new(arguments);
        try
        {
            while (command.Message is null && rest.TryDequeue(out string? option))
            {
                command = command.With(option, rest);
            }
        }
        catch (FormatException problem)
        {
            return new CommandLine { Message = $"emulator: {problem.Message}\nTry --help.", ExitCode = 2 };
        }

        return command;
    }

    private CommandLine With(string option, Queue<string> rest) => option switch
    {
        "--port" => this with { Options = Options with { Port = (int)Number(option, rest, 65535) } },
        "--seed-from" => this with { Options = Options with { SeedFrom = Folder(option, rest) } },
        "--items" => this with { Options = Options with { Items = (int)Number(option, rest, 10_000_000) } },
        "--foreign-items" => this with { Options = Options with { ForeignItems = (int)Number(option, rest, 1_000_000) } },
        "--bucket" => this with { Options = Options with { Buckets = [.. Options.Buckets, Bucket(option, rest)] } },
        "--grant-legacy-scopes" => this with { Options = Options with { GrantLegacyScopes = true } },
        "--testing" => this with { Options = Options with { PublishingStatus = PublishingStatus.Testing } },
        "--base-url-lifetime" => this with { Options = Options with { BaseUrlLifetime = Seconds(option, rest) } },
        "--access-token-lifetime" => this with { Options = Options with { AccessTokenLifetime = Seconds(option, rest) } },
        "--video-processing" => this with { Options = Options with { VideoProcessingTime = Seconds(option, rest) } },
        "--latency" => this with { Options = Options with { Latency = Seconds(option, rest) / 1000 } },
        "--daily-limit" => this with { Options = Options with { DailyLimit = (long)Number(option, rest, int.MaxValue) } },
        "--daily-media-limit" => this with { Options = Options with { DailyMediaLimit = (long)Number(option, rest, int.MaxValue) } },
        "--writes-per-minute" => this with { Options = Options with { WritesPerMinute = (long)Number(option, rest, int.MaxValue) } },
        "--album-capacity" => this with { Options = Options with { AlbumCapacity = (int)Number(option, rest, int.MaxValue) } },
        "--empty-pages" => this with { Options = Options with { EmptyPages = true } },
        "--short-pages" => this with { Options = Options with { ShortPages = true } },
        "--trailing-page-token" => this with { Options = Options with { TrailingPageToken = true } },
        "--repeat-at-page-seams" => this with { Options = Options with { RepeatAtPageSeams = true } },
        "--proxy" => this with { ProxyCertificatePath = Value(option, rest) },
        "--stop-on-stdin-end" => this with { StopOnStandardInputEnd = true },
        "--help" or "-h" => this with { Message = Usage },
        _ => this with { Options = Options with { Picker = WithPicker(Options.Picker, option, rest) } },
    };

    private static PickerOptions WithPicker(PickerOptions picker, string option, Queue<string> rest) => option switch
    {
        "--auto-pick" => picker with { AutoPick = (int)Number(option, rest, PickingSession.Ceiling) },
        "--auto-pick-after" => picker with { AutoPickAfter = Seconds(option, rest) / 1000 },
        "--picker-poll-interval" => picker with { PollInterval = Seconds(option, rest) },
        "--picker-timeout" => picker with { Timeout = Seconds(option, rest) },
        "--picker-session-lifetime" => picker with { SessionLifetime = Seconds(option, rest) },
        "--picker-session-limit" => picker with { SessionLimit = (int)Number(option, rest, int.MaxValue) },
        "--picker-inactive" => picker with { InactiveUsers = [.. picker.InactiveUsers, Value(option, rest)] },
        "--picker-unsigned-status" => picker with { UnsignedMediaStatus = Unsigned(option, rest) },
        "--picker-camera-in-photo-metadata" => picker with { CameraInPhotoMetadata = true },
        _ => throw new FormatException($"unknown option {option}"),
    };

    internal static string Value(string option, Queue<string> rest) =>
        rest.TryDequeue(out string? value) ? value : throw new FormatException($"{option} needs a value");

    private static string Folder(string option, Queue<string> rest)
    {
        string folder = Value(option, rest);
        return Directory.Exists(folder) ? folder : throw new FormatException($"{option}: no folder {folder}");
    }

    private static string Bucket(string option, Queue<string> rest)
    {
        string name = Value(option, rest);
        return ObjectName.IsBucket(name) ? name : throw new FormatException($"{option}: no bucket can be called {name}");
    }

    private static int Unsigned(string option, Queue<string> rest) => (int)Number(option, rest, 403) is (401 or 403) and int status
        ? status
        : throw new FormatException($"{option} must be 401 or 403");

    private static TimeSpan Seconds(string option, Queue<string> rest) =>
        TimeSpan.FromSeconds(Number(option, rest, int.MaxValue));

    internal static double Number(string option, Queue<string> rest, double highest)
    {
        string text = Value(option, rest);
        bool known = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number);
        return known && number <= highest ? number : throw new FormatException($"{option}: not a fitting number: {text}");
    }
}
