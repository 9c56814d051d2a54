namespace Quickstart;

/// <summary>The command line.</summary>
internal sealed record Arguments(string ClientSecretPath, Uri? Endpoint, bool WithEmulator)
{
    public static Arguments Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;

        bool withEmulator = args.Contains("--with-emulator");
        string? secret = Value("--client-secret");
        if (secret is null && !withEmulator)
        {
            Console.Error.WriteLine("Quickstart: name the JSON file of your Desktop OAuth client with --client-secret, or try --with-emulator.");
            Environment.Exit(2);
        }

        return new Arguments(secret ?? "", Value("--endpoint") is { } address ? new Uri(address) : null, withEmulator);
    }
}
