using System.Management.Automation;
using GPhotos.Core.Downloads;

namespace GPhotos.PowerShell.Binding;

/// <summary>Where to save to, as users name it: a folder made a full path, or an address in Cloud Storage as it is.</summary>
internal static class DestinationPath
{
    /// <summary>The full path; the current location for null.</summary>
    /// <exception cref="FileWriteFailedException">It is not in the file system.</exception>
    public static string Resolve(PSCmdlet cmdlet, string? destination) => destination is not null && SaveNames.IsBucket(destination)
        ? destination
        : LocalPaths.ToWrite(
            cmdlet, destination ?? cmdlet.SessionState.Path.CurrentLocation.Path, "is not a folder of the file system; name one with -Destination.");
}
