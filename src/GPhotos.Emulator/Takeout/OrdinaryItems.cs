using System.Globalization;

namespace GPhotos.Emulator.Takeout;

/// <summary>Media items as a phone makes them, any number.</summary>
internal static class OrdinaryItems
{
    private const int AlbumSize = 50;

    private static readonly DateTime Start = new(2006, 1, 2, 3, 4, 5, DateTimeKind.Utc);

    public static IEnumerable<AlbumDraft> Albums(int items) => Enumerable.Range(0, (items / 2 / AlbumSize) + 1)
        .Select(number => new AlbumDraft(KeyOf(number), string.Create(CultureInfo.InvariantCulture, $"Album {number + 1}")));

    public static IEnumerable<TakeoutItem> All(int items) => Enumerable.Range(0, items).Select(index => Item(index, items));

    private static TakeoutItem Item(int index, int items)
    {
        DateTime taken = Start + (TimeSpan.FromDays(18 * 365) / items * index);
        (string title, string type, Companion[] companions) = Kind(index, taken);
        TakeoutPlace? place = index % 3 == 0 ? new(10 + (index % 50), 20 + (index % 100), index % 500) : null;
        return new TakeoutItem
        {
            Case = "ordinary",
            Title = title,
            MimeType = type,
            Companions = companions,
            Taken = taken.AddTicks(-(taken.Ticks % TimeSpan.TicksPerSecond)),
            Place = place,
            PlaceOfFile = place,
            IsFavorite = index % 17 == 0,
            IsArchived = index % 97 == 0,
            Albums = index % 2 == 0 ? [KeyOf(index / 2 / AlbumSize)] : [],
        };
    }

    /// <summary>Counters of cameras start again, so names of one year repeat.</summary>
    private static (string Title, string Type, Companion[] Companions) Kind(int index, DateTime taken) => (index % 10) switch
    {
        0 => (Named($"IMG_{index % 100:D4}.HEIC"), "image/heic", [new("", ".MP4", "video/mp4", IsEdit: false)]),
        1 => (Named($"PXL_{taken:yyyyMMdd_HHmmss}{index % 1000:D3}.MP.jpg"), "image/jpeg", [new("", "", "video/mp4", IsEdit: false)]),
        2 => (Named($"IMG_{index % 100:D4}.JPG"), "image/jpeg", [new("-edited", null, "image/jpeg", IsEdit: true)]),
        3 => (Named($"VID_{taken:yyyyMMdd_HHmmss}.mp4"), "video/mp4", []),
        4 => (Named($"Screenshot_{taken:yyyyMMdd-HHmmss}_Calculator.png"), "image/png", []),
        5 => (Named($"IMG-{taken:yyyyMMdd}-WA{index % 20:D4}.jpg"), "image/jpeg", []),
        _ => (Named($"DSC_{index % 100:D4}.JPG"), "image/jpeg", []),
    };

    private static string KeyOf(int number) => string.Create(CultureInfo.InvariantCulture, $"ordinary {number}");

    private static string Named(FormattableString name) => FormattableString.Invariant(name);
}
