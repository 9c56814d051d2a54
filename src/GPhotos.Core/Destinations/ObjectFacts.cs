using System.Globalization;

namespace GPhotos.Core.Destinations;

/// <summary>What is written to an object of a bucket, so that a listing tells what it is. The keys are a public contract: backups outlive versions.</summary>
/// <remarks>See https://cloud.google.com/storage/docs/metadata#custom-metadata.</remarks>
internal static class ObjectFacts
{
    public const string Sha256 = "gphotos-sha256";
    public const string Motion = "gphotos-motion";
    public const string NoMotion = "none";

    private const string Id = "gphotos-media-item-id";
    private const string Form = "gphotos-form";
    private const string FileName = "gphotos-file-name";
    private const string CreationTime = "gphotos-creation-time";
    private const string Kind = "gphotos-media-type";

    public static Dictionary<string, string> Of(MediaItem item, string form) => new()
    {
        [Id] = item.Id,
        [Form] = form,
        // Percent-encoded: metadata travel as headers elsewhere, which hold no other characters.
        [FileName] = Uri.EscapeDataString(item.FileName),
        [CreationTime] = item.CreationTime.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        [Kind] = item.MediaType == MediaType.Video ? "video" : "photo",
    };

    /// <summary>The media item that an object is, and in which form; null for one that GPhotos did not write.</summary>
    public static (MediaItem Item, string Form)? ItemOf(IReadOnlyDictionary<string, string> metadata)
    {
        if (metadata.GetValueOrDefault(Id) is not { Length: > 0 } id || metadata.GetValueOrDefault(Form) is not { Length: > 0 } form)
        {
            return null;
        }

        bool isTimed = DateTimeOffset.TryParse(
            metadata.GetValueOrDefault(CreationTime), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time);
        return (
            new MediaItem
            {
                Id = id,
                FileName = Uri.UnescapeDataString(metadata.GetValueOrDefault(FileName) ?? ""),
                CreationTime = isTimed ? time : default,
                MediaType = metadata.GetValueOrDefault(Kind) == "video" ? MediaType.Video : MediaType.Photo,
            },
            form);
    }
}
