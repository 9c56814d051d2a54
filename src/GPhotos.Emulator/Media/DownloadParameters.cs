using System.Globalization;

namespace GPhotos.Emulator.Media;

/// <summary>What stands behind the "=" of a base URL: d, dv, or a size.</summary>
internal sealed class DownloadParameters
{
    public bool Photo { get; private set; }

    public bool Video { get; private set; }

    private bool Sized { get; set; }

    /// <summary>The parameters, or null when there are none or they make no sense together.</summary>
    public static DownloadParameters? Read(string text)
    {
        DownloadParameters result = new();
        foreach (string part in text.Split('-'))
        {
            switch (part)
            {
                case "d":
                    result.Photo = true;
                    break;
                case "dv":
                    result.Video = true;
                    break;
                case "c" or "no":
                    break;
                case ['w' or 'h' or 's', .. string number]
                    when int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out _):
                    result.Sized = true;
                    break;
                default:
                    return null;
            }
        }

        // A video comes as a whole or as a picture of a size, and not as both.
        return result is { Video: true, Sized: true } or { Photo: false, Video: false, Sized: false } ? null : result;
    }
}
