using System.Globalization;

namespace GPhotos.Core.Destinations;

/// <summary>What is had of a media item: its original, the moving part of a motion photo, or a picture of some size.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/access-media-items#base-urls.</remarks>
internal sealed record MediaForm
{
    private readonly string? _size;

    private MediaForm(string key, string? size) => (Key, _size) = (key, size);

    /// <summary>The photo with its EXIF but no location; the video as Google transcoded it.</summary>
    public static MediaForm Original { get; } = new("original", null);

    /// <summary>The video within a motion photo. Only asking tells whether a photo has one.</summary>
    public static MediaForm Motion { get; } = new("motion", null);

    /// <summary>What a catalog calls it.</summary>
    public string Key { get; }

    public bool IsOriginal => this == Original;

    public static MediaForm Of(PictureBounds? size, bool crop)
    {
        if (size is not { } bounds)
        {
            return Original;
        }

        string width = bounds.Width is { } w ? string.Create(CultureInfo.InvariantCulture, $"w{w}") : "";
        string height = bounds.Height is { } h ? string.Create(CultureInfo.InvariantCulture, $"h{h}") : "";
        string parameters = string.Join('-', new[] { width, height, crop ? "c" : "" }.Where(p => p.Length > 0));
        return new MediaForm(parameters, parameters);
    }

    /// <summary>Whether the bytes of the item in this form are a video.</summary>
    public bool IsVideo(MediaItem item) => this == Motion || (IsOriginal && item.MediaType == MediaType.Video);

    /// <summary>What is appended to a base URL. Thumbnails of videos come without the button to play them.</summary>
    public string ParameterOf(MediaItem item) =>
        _size is { } size ? "=" + size + (item.MediaType == MediaType.Video ? "-no" : "")
        : IsVideo(item) ? "=dv"
        : "=d";
}
