using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Search;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>Makes the media items a test describes, without an upload.</summary>
internal sealed class ItemMaker(EmulatorState state)
{
    public IReadOnlyList<MediaItem> Make(RequestObject request)
    {
        request.Allow([
            "fileName", "mimeType", "creationTime", "width", "height", "contentBase64", "size", "categories", "favorite", "archived",
            "albumId", "noCaptureDate", "count", "description", "foreign", "user", "project", "motion",
            .. DeliveryRequest.Names]);
        Caller owner = OwnerRequest.Read(request);
        string? albumId = request.String("albumId");
        lock (state.Library.Gate)
        {
            Album? album = albumId is null ? null : state.Library.FindAlbum(albumId) ?? throw GoogleError.NoSuchAlbum();
            List<MediaItem> items = [];
            for (long number = 0; number < (request.Integer("count") ?? 1); number++)
            {
                MediaItem item = MakeOne(request, owner, number);

                // Made-up bytes are hashed only where somebody may upload them again: it takes its time for a large library.
                state.Library.Add(item, request.Has("contentBase64") || owner.IsForeign ? item.Content.Sha256() : null);
                items.Add(item);
            }

            album?.Insert(album.Entries.Count, items);
            return items;
        }
    }

    private MediaItem MakeOne(RequestObject request, Caller owner, long number)
    {
        string? fileName = request.String("fileName") is string name && number > 0
            ? name.Insert(name.Length - Path.GetExtension(name).Length, string.Create(CultureInfo.InvariantCulture, $"_{number}"))
            : request.String("fileName");
        (MediaContent content, MediaFacts facts) = Content(request, number);
        facts = facts with
        {
            MimeType = request.String("mimeType") ?? facts.MimeType,
            Captured = request.Boolean("noCaptureDate") == true ? null : facts.Captured,
            Width = request.Integer("width") ?? facts.Width,
            Height = request.Integer("height") ?? facts.Height,
        };
        MediaItem item = state.Items.Make(owner, content, facts, fileName, request.String("description"));
        DeliveryRequest.Apply(request, item, state.Clock.GetUtcNow());
        item.Categories = request.Strings("categories").Aggregate(ContentCategories.None, (all, one) => all | ContentFilter.Parse(one));
        item.IsFavorite = request.Boolean("favorite") ?? false;
        item.IsArchived = request.Boolean("archived") ?? false;
        return item;
    }

    private (MediaContent Content, MediaFacts Facts) Content(RequestObject request, long number)
    {
        DateTime? captured = request.String("creationTime") is string time ? ReadTime(time).AddSeconds(number) : null;
        bool motion = request.Boolean("motion") ?? false;
        if (motion && (request.Has("contentBase64") || request.String("mimeType") is not (null or "image/jpeg")))
        {
            throw GoogleError.InvalidArgument("motion makes up a JPEG; contentBase64 and another mimeType cannot stand beside it.");
        }

        if (request.String("contentBase64") is string base64)
        {
            byte[] bytes = new byte[base64.Length];
            if (!Convert.TryFromBase64String(base64, bytes, out int length))
            {
                throw GoogleError.InvalidArgument("contentBase64 is not base64.");
            }

            StoredContent stored = StoredContent.Of(bytes.AsMemory(0, length));
            MediaFacts known = MediaInspector.Inspect(stored.Open()) ?? new MediaFacts("application/octet-stream");
            return (stored, known with { Captured = captured ?? known.Captured });
        }

        int size = (int)(request.Integer("size") ?? 0);
        DateTime taken = captured ?? state.Options.TimeProvider.GetUtcNow().UtcDateTime;
        ulong seed = Identifier.NewKey();
        return motion
            ? SyntheticMedia.MakeMotionPhoto(seed, taken, size)
            : SyntheticMedia.Make(request.String("mimeType"), seed, taken, size);
    }

    private static DateTime ReadTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
            ? time.UtcDateTime
            : throw GoogleError.InvalidArgument($"Not a time: {text}");
}
