namespace GPhotos.Core.Destinations;

/// <summary>A saved file that is no longer what was saved: a broken copy of it, or somebody's work.</summary>
internal static class ChangedFile
{
    /// <summary>
    /// Moves a file away before it is replaced, unless nothing is lost with it: then it is just the head of what replaces it.
    /// </summary>
    /// <returns>Where it is now, or null when it may go.</returns>
    public static string? SetAside(string path, string replacement)
    {
        if (IsHeadOf(path, replacement))
        {
            return null;
        }

        for (int number = 1; ; number++)
        {
            string marker = number == 1 ? "changed" : $"changed-{number}";
            string aside = Path.Combine(Path.GetDirectoryName(path)!, SafeFileName.Mark(Path.GetFileName(path), marker));
            if (!Path.Exists(aside))
            {
                File.Move(path, aside);
                return aside;
            }
        }
    }

    private static bool IsHeadOf(string path, string whole)
    {
        using FileStream head = File.OpenRead(path);
        using FileStream all = File.OpenRead(whole);
        if (head.Length > all.Length)
        {
            return false;
        }

        byte[] ours = new byte[64 * 1024], theirs = new byte[64 * 1024];
        int read;
        while ((read = head.ReadAtLeast(ours, ours.Length, throwOnEndOfStream: false)) > 0)
        {
            all.ReadExactly(theirs, 0, read);
            if (!ours.AsSpan(0, read).SequenceEqual(theirs.AsSpan(0, read)))
            {
                return false;
            }
        }

        return true;
    }
}
