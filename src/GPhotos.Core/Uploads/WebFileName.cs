using System.Net.Http.Headers;
using System.Text;
using GPhotos.Core.Destinations;

namespace GPhotos.Core.Uploads;

/// <summary>What bytes of the web are called at Google.</summary>
internal static class WebFileName
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// The name the server gives, else the end of the address: of the one that was asked for, unless only the one it led to ends like a picture.
    /// Cleaned, and not yet of a fitting extension.
    /// </summary>
    public static string Of(ContentDispositionHeaderValue? disposition, Uri asked, Uri led)
    {
        string name = Cleaned(disposition?.FileNameStar) is { Length: > 0 } star
            ? star
            : Cleaned(Unquoted(disposition?.FileName));
        return name.Length > 0
            ? name
            : new[] { asked, led }.Select(LastSegment).FirstOrDefault(n => MediaFileType.Of(n) is not null) ?? LastSegment(asked);
    }

    /// <summary>The name with an extension by which Google knows it.</summary>
    public static string Fitting(string name, MediaFileType type) =>
        name.Length == 0 ? "untitled" + type.Extension : MediaFileType.Of(name) is null ? name + type.Extension : name;

    private static string LastSegment(Uri address) => Cleaned(Uri.UnescapeDataString(address.Segments[^1].TrimEnd('/')));

    private static string Cleaned(string? name) => string.IsNullOrEmpty(name) ? "" : SafeFileName.Clean(name, "");

    private static string? Unquoted(string? name)
    {
        // The platform takes the quotes off some values and not off others, and leaves what is escaped within them.
        name = (name is ['"', .., '"'] ? name[1..^1] : name)
            ?.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);

        // Headers are Latin-1 to the platform; what servers put in plainly beyond ASCII is UTF-8.
        if (name is null || !name.Any(c => c > 0x7F) || name.Any(c => c > 0xFF))
        {
            return name;
        }

        try
        {
            return Strict.GetString(Encoding.Latin1.GetBytes(name));
        }
        catch (DecoderFallbackException)
        {
            return name;
        }
    }
}
