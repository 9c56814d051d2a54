using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>Reads how an item's bytes shall be given out, for items that are made and items that are changed.</summary>
internal static class DeliveryRequest
{
    /// <summary>The members it reads.</summary>
    public static readonly string[] Names =
        ["downloadsAs", "lost", "denied", "noLength", "noRange", "unstable", "processingSeconds", "failed"];

    private static readonly string[] Types =
    [
        "image/jpeg", "image/png", "image/gif", "image/webp", "image/heif", "image/heic", "image/avif", "image/tiff", "video/mp4",
        "video/quicktime",
    ];

    /// <summary>Applies what is asked for, and leaves the rest as it is.</summary>
    public static void Apply(RequestObject request, MediaItem item, DateTimeOffset now)
    {
        Delivery old = item.Delivery;
        Delivery asked = old with
        {
            DownloadsAs = DownloadsAs(request, item) ?? old.DownloadsAs,
            Lost = request.Boolean("lost") ?? old.Lost,
            Denied = request.Boolean("denied") ?? old.Denied,
            NoLength = request.Boolean("noLength") ?? old.NoLength,
            NoRange = request.Boolean("noRange") ?? old.NoRange,
            Unstable = request.Boolean("unstable") ?? old.Unstable,
        };
        if ((request.Has("processingSeconds") || request.Has("failed")) && !item.Facts.IsVideo)
        {
            throw GoogleError.InvalidArgument("Only videos are processed, and only they can fail: processingSeconds and failed.");
        }

        if (request.Integer("processingSeconds") is long seconds)
        {
            item.ReadyAt = seconds is >= 0 and <= int.MaxValue
                ? now.AddSeconds(seconds)
                : throw GoogleError.InvalidArgument("processingSeconds must be a number and not negative.");
        }

        item.IsFailed = request.Boolean("failed") ?? item.IsFailed;

        // A library of many items shares the one usual delivery.
        item.Delivery = asked == Delivery.Usual ? Delivery.Usual : asked;
    }

    private static string? DownloadsAs(RequestObject request, MediaItem item)
    {
        string? type = request.String("downloadsAs");
        bool fits = type is null || type == item.Facts.MimeType
            || (Types.Contains(type) && new MediaFacts(type).IsVideo == item.Facts.IsVideo);
        return fits ? type : throw GoogleError.InvalidArgument(
            $"downloadsAs must be a type of the item's kind, photo or video, among {string.Join(", ", Types)}.");
    }
}
