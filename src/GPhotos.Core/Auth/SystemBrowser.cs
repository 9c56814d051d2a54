using System.Diagnostics;

namespace GPhotos.Core.Auth;

/// <summary>Opens a page in the user's browser, as RFC 8252 asks; never in an embedded view.</summary>
public static class SystemBrowser
{
    /// <summary>Opens the page with the program in the BROWSER variable, or with the desktop's own way.</summary>
    /// <exception cref="SignInFailedException">No browser can be started.</exception>
    public static void Open(Uri page)
    {
        ArgumentNullException.ThrowIfNull(page);
        try
        {
            ProcessStartInfo start = StartInfo(page.AbsoluteUri);
            Process? process = Process.Start(start);
            if (start.RedirectStandardOutput)
            {
                // Read and dropped for as long as the browser lives, which may be longer than this session.
                process!.BeginOutputReadLine();
                process.BeginErrorReadLine();
            }
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            throw new SignInFailedException($"No browser can be started here: {e.Message}", e);
        }
    }

    private static ProcessStartInfo StartInfo(string page)
    {
        string? chosen = Environment.GetEnvironmentVariable("BROWSER");
        if (!string.IsNullOrWhiteSpace(chosen))
        {
            return Quietly(chosen, page);
        }

        return OperatingSystem.IsWindows() ? new ProcessStartInfo(page) { UseShellExecute = true }
            : Quietly(OperatingSystem.IsMacOS() ? "open" : "xdg-open", page);
    }

    // A browser's chatter belongs neither on the pipeline nor on the console.
    private static ProcessStartInfo Quietly(string program, string page) =>
        new(program, [page]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
}
