using System.Globalization;

namespace GPhotos.PowerShell.Hosting;

/// <summary>Text of a server's in a message: what may make a terminal do things, or read backwards, is shown as U+FFFD.</summary>
internal static class Printable
{
    public static string Of(string text) =>
        string.Concat(text.Select(c => char.IsControl(c) || char.GetUnicodeCategory(c) == UnicodeCategory.Format ? '\uFFFD' : c));
}
