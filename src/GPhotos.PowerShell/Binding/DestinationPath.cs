using System.Management.Automation;

namespace GPhotos.PowerShell.Binding;

/// <summary>Where to save to, as users name it: a folder made a full path, or an address in Cloud Storage as it is.</summary>
internal static class DestinationPath
{
    private const string CloudStorage = "gs://";

    /// <summary>Whether it is an address in Cloud Storage.</summary>
    public static bool IsBucket(string? destination) => destination?.StartsWith(CloudStorage, StringComparison.OrdinalIgnoreCase) == true;

    /// <summary>The full path; the current location for null.</summary>
    /// <exception cref="FileWriteFailedException">It is not in the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string? destination)
    {
        if (IsBucket(destination))
        {
            return destination!;
        }

        string named = destination ?? cmdlet.SessionState.Path.CurrentLocation.Path;
        try
        {
            string path = cmdlet.SessionState.Path.GetUnresolvedProviderPathFromPSPath(destination ?? ".", out ProviderInfo provider, out _);
            return provider.Name == "FileSystem"
                ? path
                : throw new FileWriteFailedException($"'{named}' is not a folder of the file system; name one with -Destination.", named);
        }
        catch (SessionStateException e)
        {
            throw new FileWriteFailedException($"'{named}' is on no known drive.", named, e);
        }
    }
}
