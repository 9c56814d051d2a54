using GPhotos.Emulator.Takeout;

namespace GPhotos.Emulator.Hosting;

/// <summary>The program as a maker of Takeout archives: <c>takeout --out DIR</c>.</summary>
internal static class TakeoutCommand
{
    /// <summary>The first argument that asks for it.</summary>
    public const string Name = "takeout";

    private const string HostileFolder = "hostile";

    private static readonly string Usage = $"""
        Makes archives of Google Photos as Google Takeout does, with every awkward name, and the truth about
        them ({TakeoutTruth.FileName}). docs/takeout.md tells what is in them and where it was seen.

          takeout --out DIR            a folder that is empty or not there yet
            --items N                  media items, the awkward ones among them (default 600)
            --parts K                  parts (default 1)
            --format zip|tgz|folder    what the parts are (default zip)
            --seed S                   makes another export; the same seed makes the same bytes (default 1)
            --locale L                 {string.Join(", ", TakeoutOptions.Locales)} (default en)
            --english-years            "Photos from 2019" in every language, as until 2025
            --names mixed|old|new|uncut  how JSONs are called: name.jpg.json, name.jpg.supplemental-metadata.json,
                                       the latter not cut (default mixed)
            --plain                    leave the awkward ones out
            --hostile                  also archives that are broken or made to do harm, in DIR/{HostileFolder}
            --help                     this text
        """;

    /// <summary>Runs it.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(IEnumerable<string> arguments)
    {
        try
        {
            Request request = Request.Parse(arguments);
            await Console.Out.WriteLineAsync(request.IsHelp ? Usage : Make(request));
            return 0;
        }
        catch (FormatException problem)
        {
            await Console.Error.WriteLineAsync($"emulator: {problem.Message}\nTry {Name} --help.");
            return 2;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"emulator: {failure.Message}");
            return 1;
        }
    }

    private static string Make(Request request)
    {
        string folder = request.Folder ?? throw new FormatException("--out is missing");
        TakeoutTruth truth = TakeoutArchive.Write(folder, request.Options);
        string made = FormattableString.Invariant($"made {truth.Entries.Count} entries in {truth.Archives.Count} parts in {folder}");
        return request.IsHostile
            ? FormattableString.Invariant($"{made}, and {HostileArchives.Write(Path.Combine(folder, HostileFolder)).Count} hostile archives")
            : made;
    }

    private sealed record Request
    {
        public string? Folder { get; private init; }

        public bool IsHostile { get; private init; }

        public bool IsHelp { get; private init; }

        public TakeoutOptions Options { get; private init; } = new();

        public static Request Parse(IEnumerable<string> arguments)
        {
            Request request = new();
            Queue<string> rest = new(arguments);
            while (!request.IsHelp && rest.TryDequeue(out string? option))
            {
                request = request.With(option, rest);
            }

            return request;
        }

        private Request With(string option, Queue<string> rest) => option switch
        {
            "--out" => this with { Folder = CommandLine.Value(option, rest) },
            "--items" => this with { Options = Options with { Items = Whole(option, rest, 0, 1_000_000) } },
            "--parts" => this with { Options = Options with { Parts = Whole(option, rest, 1, 999) } },
            "--format" => this with { Options = Options with { Format = Named<TakeoutFormat>(option, rest) } },
            "--seed" => this with { Options = Options with { Seed = Whole(option, rest, 0, int.MaxValue) } },
            "--locale" => this with { Options = Options with { Locale = Locale(option, rest) } },
            "--english-years" => this with { Options = Options with { EnglishYears = true } },
            "--names" => this with { Options = Options with { Naming = Named<TakeoutNaming>(option, rest) } },
            "--plain" => this with { Options = Options with { Plain = true } },
            "--hostile" => this with { IsHostile = true },
            "--help" or "-h" => this with { IsHelp = true },
            _ => throw new FormatException($"unknown option {option}"),
        };

        private static int Whole(string option, Queue<string> rest, int least, int most)
        {
            double number = CommandLine.Number(option, rest, most);
            return number >= least ? (int)number : throw new FormatException($"{option}: not a fitting number: {number}");
        }

        private static T Named<T>(string option, Queue<string> rest)
            where T : struct, Enum
        {
            string text = CommandLine.Value(option, rest);
            string? name = Enum.GetNames<T>().FirstOrDefault(name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
            return name is null ? throw new FormatException($"{option}: not one of its words: {text}") : Enum.Parse<T>(name);
        }

        private static string Locale(string option, Queue<string> rest)
        {
            string text = CommandLine.Value(option, rest);
            return TakeoutOptions.Locales.Contains(text) ? text : throw new FormatException($"{option}: no language {text}");
        }
    }
}
