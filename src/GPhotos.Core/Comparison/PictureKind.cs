namespace GPhotos.Core.Comparison;

/// <summary>Whether something is a photo or a video, and of which format.</summary>
/// <param name="IsVideo">Whether it is a video.</param>
/// <param name="MimeType">Its format; empty where nobody says.</param>
internal readonly record struct PictureKind(bool IsVideo, string MimeType)
{
    private const string Jpeg = "image/jpeg";
    private const string Mp4 = "video/mp4";

    public static PictureKind Of(string mimeType, MediaType mediaType = MediaType.All) => new(
        mediaType == MediaType.Video || (mediaType == MediaType.All && mimeType.StartsWith("video/", StringComparison.OrdinalIgnoreCase)),
        mimeType);

    /// <summary>
    /// Whether a local file of this kind can be a media item of that kind. Google gives back some formats as another: a HEIC photo may lie here as a
    /// JPEG, a RAW photo does, and a video may lie here as MP4. Phones do the same with HEIC before they send. A RAW photo here is not the JPEG that
    /// the camera took with it.
    /// </summary>
    public bool CanBe(PictureKind online) =>
        online.IsVideo == IsVideo
        && (online.MimeType == MimeType || online.MimeType.Length == 0
            || (IsVideo ? MimeType == Mp4 : IsHeicOrJpeg(MimeType) && IsHeicOrJpeg(online.MimeType))
            || (MimeType == Jpeg && online.MimeType is not ("image/png" or "image/gif" or "image/webp")));

    private static bool IsHeicOrJpeg(string mimeType) => mimeType is Jpeg or "image/heic" or "image/heif";
}
