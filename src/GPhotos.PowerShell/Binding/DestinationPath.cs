using System.Management.Automation;
using GPhotos.Core.Downloads;

namespace GPhotos.PowerShell.Binding;

/// <summary>Where to save to, as users name it: a folder made a full path, or an address in Cloud Storage as it is.</summary>
internal static class DestinationPath
{
    /// <summary>The full path; the current location for null.</summary>
    /// <exception cref="FileWriteFailedException">It is not in the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string? destination)
    {
        if (destination is not null && SaveNames.IsBucket(destination))
        {
            return destination;
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
