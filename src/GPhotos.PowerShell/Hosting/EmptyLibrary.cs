namespace GPhotos.PowerShell.Hosting;

/// <summary>The first thing a newcomer meets: a listing of everything with nothing in it.</summary>
internal static class EmptyLibrary
{
    private static int _told;

    /// <summary>Why it is empty; null where that was said in this process.</summary>
    public static string? TellOnce() => Interlocked.Exchange(ref _told, 1) != 0
        ? null
        : "The listing is empty. Since 31 March 2025 Google shows an app only what that same OAuth client uploaded: send something with Send-GPhotoMediaItem first. Pictures from your phone or the web are not visible to any app through this API.";
}
