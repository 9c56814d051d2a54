namespace GPhotos.Emulator.Takeout;

/// <summary>Media items of several files that share a JSON.</summary>
internal static class AwkwardPairs
{
    private static readonly DateTime Start = new(2020, 5, 6, 7, 8, 9, DateTimeKind.Utc);

    public static IEnumerable<TakeoutItem> All(TakeoutLocale locale) =>
        [.. Edits(locale.Edited), .. Creations(), .. LivePhotos(), .. MotionPhotos()];

    private static IEnumerable<TakeoutItem> Edits(string suffix)
    {
        Companion edit = Edit with { Suffix = suffix };
        foreach (string other in TakeoutLocale.EditedSuffixes)
        {
            yield return Item("edited, every language", $"edit in {other[1..]}.jpg", edit with { Suffix = other });
        }

        yield return Item("edited, decomposed suffix", "decomposed.jpg", edit with { Suffix = "-modifie\u0301" });
        foreach (TakeoutNaming naming in (TakeoutNaming[])[TakeoutNaming.Old, TakeoutNaming.New])
        {
            yield return Item("edited twice by name", $"IMG_{(int)naming}500.JPG", edit) with { Naming = naming };
            yield return Item("edited twice by name", $"IMG_{(int)naming}500.JPG", edit) with { Naming = naming };
            yield return Item("edited, the first of two not", $"IMG_{(int)naming}501.JPG") with { Naming = naming };
            yield return Item("edited, the first of two not", $"IMG_{(int)naming}501.JPG", edit) with { Naming = naming };
            for (int length = 36; length <= 52; length++)
            {
                string stem = string.Concat(Enumerable.Repeat($"l{length}{(int)naming}_", 12))[..length];
                yield return Item("edited, suffix cut", stem + ".jpg", edit) with { Naming = naming };
            }
        }

        yield return Item("edited to another type", "IMG_0600.HEIC", edit with { Extension = ".jpg" }) with { MimeType = "image/heic" };
        yield return Item("edited, title without extension", "2234089303984509580", edit) with { FileName = "2234089303984509580.jpg" };
        yield return Item("edited, title looks edited", $"holiday{suffix}.jpg", edit);
        yield return Item("title looks edited", $"beach{suffix}.jpg");
        yield return Item("edited, JSON missing", "IMG_0601.jpg", edit) with { Flaw = JsonFlaw.Missing };
        yield return Item("hyphens", "2020-05-06-ed.jpg");
        yield return Item("hyphens", "2020-05-06.jpg");
    }

    private static IEnumerable<TakeoutItem> Creations()
    {
        yield return Item("creation with a JSON of its own", "IMG_0700-COLLAGE.jpg") with { Origin = "composition" };
        yield return Item("creation with a JSON of its own", "IMG_0701-ANIMATION.gif") with
        {
            Origin = "composition",
            MimeType = "image/gif",
        };
        yield return Item("creation beside its original", "IMG_0702.jpg", new Companion("-SMILE", null, "image/jpeg", IsEdit: true));
        yield return Item("creation beside its original", "IMG_0703.jpg", new Companion("-ANIMATION", ".gif", "image/gif", IsEdit: true));
    }

    private static IEnumerable<TakeoutItem> LivePhotos()
    {
        foreach (TakeoutNaming naming in (TakeoutNaming[])[TakeoutNaming.Old, TakeoutNaming.New])
        {
            int series = 8 + (int)naming;
            foreach ((int number, string extension, string clip) in ((int, string, string)[])[(0, ".HEIC", ".MP4"),
                (1, ".HEIC", ".MOV"), (2, ".heic", ".mp4"), (3, ".JPG", ".MOV"), (4, ".jpg", ".MP4"), (5, ".HEIC", ".mov")])
            {
                TakeoutItem item = Item("live photo", $"IMG_{series}00{number}{extension}", Half(clip)) with
                {
                    Naming = naming,
                    MimeType = extension is ".JPG" or ".jpg" ? "image/jpeg" : "image/heic",
                };
                yield return item;
                yield return item with { Case = "live photo twice" };
            }

            yield return Item("video of a live photo's name", $"IMG_{series}000.MP4") with { Naming = naming, MimeType = "video/mp4" };
            yield return Item("live photo edited", $"IMG_{series}010.HEIC", Half(".MP4"), Edit with { MimeType = "image/heic" }) with
            {
                Naming = naming,
                MimeType = "image/heic",
            };
            yield return Item("live photo, long name", $"{series}A7B5C3D-1E2F-4A6B-8C9D-0E1F2A3B4C5D_Bildschirm1.HEIC", Half(".MP4")) with
            {
                Naming = naming,
                MimeType = "image/heic",
            };
            yield return Item("picture and video of one stem", $"DSC_{series}020.jpg") with { Naming = naming };
            yield return Item("picture and video of one stem", $"DSC_{series}020.mp4") with { Naming = naming, MimeType = "video/mp4" };
        }
    }

    private static IEnumerable<TakeoutItem> MotionPhotos()
    {
        foreach ((string title, string extension) in ((string, string)[])[("PXL_20200506_070809001.MP.jpg", ""),
            ("PXL_20200506_070809002.MP~2.jpg", ""), ("PXL_20200506_070809003.MV.jpg", ""), ("MVIMG_20200506_070809.jpg", ""),
            ("MVIMG_20200506_070810.jpg", ".MP4"), ("PXL_20200506_070809004.NIGHT.MP.jpg", ""),
            ("PXL_20200506_070809005.LONG_EXPOSURE-01.COVER.MP.jpg", "")])
        {
            TakeoutItem item = Item("motion photo", title, Half(extension));
            yield return item;
            yield return item with { Case = "motion photo twice" };
            yield return item with { Case = "motion photo, old name", Title = "OLD" + title[3..], Naming = TakeoutNaming.Old };
        }

        yield return Item("cover and original", "PXL_20200506_070809006.LONG_EXPOSURE-01.COVER.jpg");
        yield return Item("cover and original", "PXL_20200506_070809006.LONG_EXPOSURE-02.ORIGINAL.jpg");
        yield return Item("cover and original", "PXL_20200506_070809007.MOTION-02.ORIGINAL.jpg");
        yield return Item("motion photo edited", "PXL_20200506_070809008.MP.jpg", Half(""), Edit);
        yield return Item("burst", "PXL_20200506_070809009.BURST-01.COVER.jpg");
        yield return Item("burst", "PXL_20200506_070809009.BURST-02.jpg");
    }

    private static Companion Edit { get; } = new("-edited", null, "image/jpeg", IsEdit: true);

    private static Companion Half(string extension) =>
        new("", extension, extension is ".MOV" or ".mov" ? "video/quicktime" : "video/mp4", IsEdit: false);

    private static TakeoutItem Item(string example, string title, params Companion[] companions) =>
        new() { Case = example, Title = title, Taken = Start, Companions = companions };
}
