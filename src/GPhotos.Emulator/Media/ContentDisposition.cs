using System.Text;

namespace GPhotos.Emulator.Media;

/// <summary>A Content-Disposition that no file name can break out of.</summary>
internal static class ContentDisposition
{
    public static string Inline(string fileName)
    {
        StringBuilder plain = new();
        bool exact = true;
        foreach (char letter in fileName)
        {
            bool safe = letter is >= ' ' and < '\u007F';
            exact &= safe;
            plain.Append(letter is '"' or '\\' ? "\\" : "").Append(safe ? letter : '_');
        }

        // The second form carries what the first cannot (RFC 6266).
        string encoded = exact ? "" : $";filename*=UTF-8''{Escape(fileName)}";
        return $"inline;filename=\"{plain}\"{encoded}";
    }

    // A lone surrogate has no UTF-8 and must not bring the reply down.
    private static string Escape(string text) =>
        Uri.EscapeDataString(Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)));
}
