using GPhotos.Emulator.Library;

namespace GPhotos.Emulator.Media;

/// <summary>Which type of bytes "=d" of a photo and "=dv" of a video give: not always the one the item has.</summary>
internal static class DownloadType
{
    // Most RAW formats are TIFF by their first bytes, so that only the name tells them apart.
    private static readonly string[] RawExtensions =
        [".dng", ".nef", ".nrw", ".cr2", ".arw", ".srf", ".sr2", ".pef", ".srw", ".orf", ".rw2", ".raf", ".cr3", ".raw", ".3fr", ".erf", ".kdc"];

    private static readonly string[] OtherUnregistered = ["image/x-icon", "image/x-ms-bmp"];

    public static string Of(MediaItem item) => item.Delivery.DownloadsAs
        ?? (item.Facts.IsVideo ? "video/mp4" : IsRaw(item) ? "image/jpeg" : item.Facts.MimeType);

    private static bool IsRaw(MediaItem item) =>
        (item.Facts.MimeType.StartsWith("image/x-", StringComparison.Ordinal) && !OtherUnregistered.Contains(item.Facts.MimeType))
        || (item.Facts.MimeType == "image/tiff" && RawExtensions.Contains(Path.GetExtension(item.FileName), StringComparer.OrdinalIgnoreCase));
}
