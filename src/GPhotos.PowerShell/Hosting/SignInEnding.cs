using System.Globalization;
using GPhotos.Core;

namespace GPhotos.PowerShell.Hosting;

/// <summary>Warns of a sign-in that Google will end, while there is time to do something.</summary>
internal static class SignInEnding
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(2);

    private static int _isTold;

    /// <summary>What to warn of; null where nothing is ahead.</summary>
    /// <param name="connection">The sign-in.</param>
    /// <param name="always">Whether to warn of an end that is still some days away.</param>
    public static string? WarningOf(GPhotosConnection connection, bool always)
    {
        if (connection.SignInEndsAt is not { } end || (!always && end - DateTimeOffset.UtcNow > Soon))
        {
            return null;
        }

        Volatile.Write(ref _isTold, 1);
        string when = end.ToLocalTime().ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return connection.IsOfTestingMode
            ? $"This sign-in ends on {when}: the OAuth client's project is in Testing, where Google ends every sign-in after seven days. To end that, press 'Publish app' at https://console.cloud.google.com/auth/audience and sign in once more."
            : $"This sign-in ends on {when}: access was granted for a time. Run Connect-GPhotos before.";
    }

    /// <summary>The same for a cmdlet that goes on with a sign-in. Once in a process is enough, and Connect-GPhotos may have said it.</summary>
    public static string? FirstWarningOf(GPhotosConnection connection) =>
        Volatile.Read(ref _isTold) == 0 ? WarningOf(connection, always: false) : null;
}
