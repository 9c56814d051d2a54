namespace GPhotos.PowerShell.Hosting;

/// <summary>Whether a person is there who could look at a browser or answer.</summary>
internal static class Attendance
{
    /// <summary>Says that somebody is there although it does not look so, as in a notebook whose input is no terminal.</summary>
    public const string EnvironmentVariable = "GPHOTOS_INTERACTIVE";

    private const string Switch = "noninteractive";
    private const int ShortestSwitch = 4;

    /// <summary>Not with pwsh -NonInteractive, and not where input comes from no terminal: a service, a schedule, a pipe.</summary>
    public static bool IsAttended =>
        Environment.GetEnvironmentVariable(EnvironmentVariable) == "1"
        || (!Console.IsInputRedirected && !Environment.GetCommandLineArgs().Any(IsNonInteractive));

    // pwsh takes any beginning of the switch that is long enough to be told from others.
    private static bool IsNonInteractive(string argument)
    {
        string name = argument.TrimStart('-', '/');
        return name.Length >= ShortestSwitch && name.Length < argument.Length && Switch.StartsWith(name, StringComparison.OrdinalIgnoreCase);
    }
}
