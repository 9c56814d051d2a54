namespace GPhotos.Emulator.Takeout;

/// <summary>Media items whose JSONs, folders or albums are hard to read.</summary>
internal static class AwkwardFacts
{
    private static readonly DateTime Start = new(2021, 6, 7, 8, 9, 10, DateTimeKind.Utc);
    private static readonly TakeoutPlace Here = new(12.3456789, -65.4321, 7.25);
    private static readonly TakeoutPlace There = new(-33.5, 151.25, 0);

    public static IEnumerable<AlbumDraft> Albums(TakeoutLocale locale) =>
    [
        new("plain", "A walk"),
        new("same title", "A walk") { Shape = AlbumShape.TitleOnly },
        new("same title again", "A walk"),
        new("characters", "Summer / Winter: \"50%\" & more? It's <all>"),
        new("long", "A journey with a name that does not end before the forty-sixth character"),
        new("long too", "A journey with a name that does not end before the sea"),
        new("emoji", "Party 🎉"),
        new("decomposed", "E\u0301te\u0301"),
        new("untitled", ""),
        new("untitled null", null),
        new("untitled by name", locale.Untitled),
        new("wrapped", "Before 2020") { Shape = AlbumShape.Wrapped },
        new("shared", "With friends") { IsShared = true },
        new("twice", "Told twice") { IsTwice = true },
        new("year", "2021"),
        new("like a year", "Photos from 2021 in Ruritania"),
        new("JSON only", "Nothing but JSON"),
        new("empty", "Nobody came"),
    ];

    public static IEnumerable<TakeoutItem> All(TakeoutLocale locale) =>
        [.. Times(), .. Facts(), .. Jsons(), .. InAlbums(Albums(locale))];

    private static IEnumerable<TakeoutItem> Times()
    {
        yield return Timed("before 1970", "scan 1958.jpg", new DateTime(1958, 7, 8, 9, 10, 11, DateTimeKind.Utc), 20_000);
        yield return Timed("before 1970", "scan 1969.jpg", new DateTime(1969, 12, 31, 23, 59, 59, DateTimeKind.Utc), 18_000);
        yield return Timed("before 1900", "plate.jpg", new DateTime(1888, 1, 2, 3, 4, 5, DateTimeKind.Utc), 49_000);
        yield return Item("time unknown", "nobody knows when.jpg") with { IsTimeUnknown = true };
        yield return Timed("uploaded years later", "late.jpg", Start, 1_300);
        yield return Timed("taken after upload", "clock was wrong.jpg", Start, -400);
        yield return Timed("turn of the year", "firework.jpg", new DateTime(2020, 12, 31, 23, 30, 0, DateTimeKind.Utc), 1);
        yield return Timed("after 2038", "future.jpg", new DateTime(2039, 1, 2, 3, 4, 5, DateTimeKind.Utc), -5_000);
    }

    private static IEnumerable<TakeoutItem> Facts()
    {
        yield return Item("place", "place.jpg") with { Place = Here, PlaceOfFile = Here };
        yield return Item("place set by hand", "place by hand.jpg") with { Place = Here };
        yield return Item("place corrected", "place corrected.jpg") with { Place = There, PlaceOfFile = Here };
        yield return Item("place of the file alone", "place of file.jpg") with { PlaceOfFile = There };
        yield return Item("place on the equator", "equator.jpg") with { Place = new(0, 20.5, 0), PlaceOfFile = new(0, 20.5, 0) };
        yield return Item("no place", "no place 1.jpg");
        yield return Item("no place", "no place 2.jpg");
        yield return Item("description", "description.jpg") with { Description = "Line one\nline two\r\nand \"quotes\", a tab\t, a \\ and an end" };
        yield return Item("description", "description emoji.jpg") with { Description = "🎉 <b>not bold</b> & 写真 'apostrophe'" };
        yield return Item("description", "description long.jpg") with { Description = string.Concat(Enumerable.Repeat("and so on ", 1000)) };
        yield return Item("people", "people.jpg") with { People = ["Ada Example", "Зоя", "人物一"] };
        yield return Item("people", "person.jpg") with { People = ["Bob \"the\" O'Example"] };
        yield return Item("favourite", "favourite.jpg") with { IsFavorite = true };
        yield return Item("archived", "archived.jpg") with { IsArchived = true };
        yield return Item("trashed", "trashed.jpg") with { IsTrashed = true };
        yield return Item("trashed", "trashed.jpg") with { IsTrashed = true };
        yield return Item("favourite and archived", "both.jpg") with { IsFavorite = true, IsArchived = true, Albums = ["plain"] };
        yield return Item("failed video", "failed.mp4") with { Folder = "Failed Videos", MimeType = "video/mp4" };
        foreach (string origin in (string[])["webUpload", "driveSync", "fromPartnerSharing", "fromSharedAlbum", "composition"])
        {
            yield return Item("origin", $"origin {origin}.jpg") with { Origin = origin };
        }
    }

    private static IEnumerable<TakeoutItem> Jsons()
    {
        foreach (TakeoutNaming naming in (TakeoutNaming[])[TakeoutNaming.Old, TakeoutNaming.New])
        {
            yield return Item("JSON empty", $"empty {naming}.jpg") with { Naming = naming, Flaw = JsonFlaw.Empty };
            yield return Item("JSON an empty object", $"empty object {naming}.jpg") with { Naming = naming, Flaw = JsonFlaw.EmptyObject };
            yield return Item("JSON broken", $"broken {naming}.jpg") with { Naming = naming, Flaw = JsonFlaw.Broken };
            yield return Item("JSON missing", $"missing {naming}.jpg") with { Naming = naming, Flaw = JsonFlaw.Missing };
            yield return Item("JSON without picture", $"gone {naming}.jpg") with { Naming = naming, IsWithoutPicture = true };
        }
    }

    private static IEnumerable<TakeoutItem> InAlbums(IEnumerable<AlbumDraft> albums)
    {
        foreach (string album in albums.Select(album => album.Key).Where(album => album is not ("empty" or "JSON only")))
        {
            yield return Item("in an album", $"in {album}.jpg") with { Albums = [album], Place = Here, PlaceOfFile = Here };
            yield return Item("same name in albums", "everywhere.jpg") with { Albums = [album] };
        }

        yield return Item("in several albums", "in many.jpg") with { Albums = ["plain", "same title", "emoji"] };
        yield return Item("numbered in one folder, not in the other", "everywhere too.jpg") with { Albums = ["plain"] };
        yield return Item("numbered in one folder, not in the other", "everywhere too.jpg") with { Albums = ["emoji"] };
        yield return Item("live photo in an album", "IMG_9900.HEIC") with
        {
            MimeType = "image/heic",
            Companions = [new("", ".MP4", "video/mp4", IsEdit: false)],
            Albums = ["plain", "shared"],
        };
        yield return Item("edited in an album", "IMG_9901.jpg") with
        {
            Companions = [new("-edited", null, "image/jpeg", IsEdit: true)],
            Albums = ["plain", "untitled"],
        };
        yield return Item("in an album by JSON alone", "by JSON 1.jpg") with { AlbumsByJson = ["JSON only"] };
        yield return Item("in an album by JSON alone", "by JSON 2.jpg") with { AlbumsByJson = ["JSON only"], Albums = ["plain"] };
        yield return Item("trashed in an album", "trashed with album.jpg") with { IsTrashed = true, Albums = ["plain"] };
    }

    private static TakeoutItem Timed(string example, string title, DateTime taken, int uploadedAfterDays) =>
        Item(example, title) with { Taken = taken, UploadedAfter = TimeSpan.FromDays(uploadedAfterDays) };

    private static TakeoutItem Item(string example, string title) => new() { Case = example, Title = title, Taken = Start };
}
