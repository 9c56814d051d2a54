namespace GPhotos.Emulator.Takeout;

/// <summary>Media items whose names are hard to join with their JSONs.</summary>
internal static class AwkwardNames
{
    private static readonly DateTime Start = new(2019, 3, 4, 12, 0, 0, DateTimeKind.Utc);

    public static IEnumerable<TakeoutItem> All() =>
        [.. Lengths(), .. Numbers(), .. Characters(), .. Extensions()];

    /// <summary>Every length at which something is cut, in the old names and in the new.</summary>
    private static IEnumerable<TakeoutItem> Lengths()
    {
        foreach (string extension in (string[])[".jpg", ".jpeg", ".HEIC", ".mp4"])
        {
            for (int length = extension == ".jpg" ? 22 : 44; length <= 58; length++)
            {
                string title = Padded($"{extension[1..]}{length}_", length - extension.Length) + extension;
                yield return Item("new name of every length", title) with { MimeType = TypeOf(extension) };
                if (length > 43)
                {
                    string old = Padded($"old{extension[1..]}{length}_", length - extension.Length) + extension;
                    yield return Item("old name of every length", old) with { Naming = TakeoutNaming.Old, MimeType = TypeOf(extension) };
                }
            }
        }

        foreach (int length in (int[])[24, 30, 35, 45, 46, 47, 48, 55])
        {
            string title = Padded($"twice{length}_", length - 4) + ".jpg";
            yield return Item("long name twice", title);
            yield return Item("long name twice", title);
            yield return Item("long old name twice", "old" + title[3..]) with { Naming = TakeoutNaming.Old };
            yield return Item("long old name twice", "old" + title[3..]) with { Naming = TakeoutNaming.Old };
        }

        string seam = Padded("differs_behind_the_seam_", 46);
        foreach (TakeoutNaming naming in (TakeoutNaming[])[TakeoutNaming.Old, TakeoutNaming.New])
        {
            string same = naming == TakeoutNaming.Old ? "o" + seam[1..] : seam;
            yield return Item("JSONs of one name", same + "a.jpg") with { Naming = naming };
            yield return Item("JSONs of one name", same + "b.jpg") with { Naming = naming };
        }

        yield return Item("files of one name", Padded("differs_at_the_very_end_", 60) + "1.jpg");
        yield return Item("files of one name", Padded("differs_at_the_very_end_", 60) + "2.jpg");
        yield return Item("files of one name", Padded("differs_at_the_very_end_", 60) + "10.jpg");
        yield return Item("new name not cut", Padded("uncut_", 40) + ".jpg") with { Naming = TakeoutNaming.Uncut };
        yield return Item("new name not cut", Padded("uncut_", 40) + ".jpg") with { Naming = TakeoutNaming.Uncut };
    }

    private static IEnumerable<TakeoutItem> Numbers()
    {
        foreach (TakeoutNaming naming in (TakeoutNaming[])[TakeoutNaming.Old, TakeoutNaming.New, TakeoutNaming.Uncut])
        {
            for (int copy = 0; copy < 12; copy++)
            {
                yield return Item("same name many times", $"IMG_{(int)naming}001.JPG") with { Naming = naming };
            }

            yield return Item("number in the title", $"skytree{(int)naming} (2).jpg") with { Naming = naming };
            yield return Item("number in the title", $"skytree{(int)naming} (2).jpg") with { Naming = naming };
            yield return Item("number in the title taken", $"tower{(int)naming}(1).jpg") with { Naming = naming };
            yield return Item("number in the title taken", $"tower{(int)naming}.jpg") with { Naming = naming };
            yield return Item("number in the title taken", $"tower{(int)naming}.jpg") with { Naming = naming };
            yield return Item("number in the title late", $"mast{(int)naming}.jpg") with { Naming = naming };
            yield return Item("number in the title late", $"mast{(int)naming}.jpg") with { Naming = naming };
            yield return Item("number in the title late", $"mast{(int)naming}(1).jpg") with { Naming = naming };
            yield return Item("number inside the title", $"IMG2021{(int)naming}(4455)74722.jpg") with { Naming = naming };
            yield return Item("number inside the title", $"IMG2021{(int)naming}(4455)74722.jpg") with { Naming = naming };
            yield return Item("number inside the title", $"image(3).(2)({(int)naming}).jpg") with { Naming = naming };
        }

        // Both namings for one title, each with its own number.
        yield return Item("old and new name of one title", "both ways.jpg") with { Naming = TakeoutNaming.Old };
        yield return Item("old and new name of one title", "both ways.jpg") with { Naming = TakeoutNaming.New };
    }

    private static IEnumerable<TakeoutItem> Characters()
    {
        foreach (char character in "/'&%\\:*?\"<>|\n")
        {
            yield return Item("replaced character", $"salt{character}pepper.jpg");
        }

        yield return Item("replaced character twice", "salt_pepper.jpg");
        yield return Item("emoji", "party 🎉🎉.jpg");
        yield return Item("emoji on the seam", string.Concat(Enumerable.Repeat("😀", 30)) + ".jpg");
        yield return Item("emoji on the seam", "x" + string.Concat(Enumerable.Repeat("😀", 30)) + ".jpg");
        yield return Item("emoji on the seam", "y" + string.Concat(Enumerable.Repeat("😀", 30)) + ".jpg") with { Naming = TakeoutNaming.Old };
        yield return Item("other script", "写真_二〇一九年の夏休み.jpg");
        yield return Item("other script", "Фото с дачи (лето).jpg");
        yield return Item("composed accents", "caf\u00e9 cr\u00e8me.jpg");
        yield return Item("decomposed accents", "the\u0301 a\u0300 la menthe.jpg");
        yield return Item("dots", "a.b.c..jpg");
        yield return Item("dots", "2019.03.04 12.00.00.jpg");
        yield return Item("dots", "IMG_1.json.jpg");
        yield return Item("dots", "photo.supplemental-metadata.jpg");
        yield return Item("dots", "photo.s.jpg");
        yield return Item("brackets", "[UNSET].jpg");
        yield return Item("brackets", "shot {1} [2] (three).jpg");
        yield return Item("blanks", "  leading and  double.jpg");
        yield return Item("dot first", ".hidden.jpg");
        yield return Item("tilde", "IMG20190304120000~2.jpg");
        yield return Item("other number signs", "scan-1_1 - Copy (2).jpg");
        yield return Item("metadata for a title", "metadata.jpg");
    }

    private static IEnumerable<TakeoutItem> Extensions()
    {
        yield return Item("title without extension, file with", "20030616") with { FileName = "20030616.jpg" };
        yield return Item("title without extension, file with", "2234089303984509579") with
        {
            FileName = "2234089303984509579.jpg",
            Naming = TakeoutNaming.Old,
        };
        yield return Item("title without extension, file with", "20030617") with { FileName = "20030617.png", MimeType = "image/png" };
        yield return Item("title without extension, file with", Padded("no_extension_and_long_", 60)) with
        {
            FileName = Padded("no_extension_and_long_", 60) + ".jpg",
        };
        foreach (int _ in (int[])[0, 1])
        {
            yield return Item("title without extension, file with, twice", "20030618") with { FileName = "20030618.jpg" };
            yield return Item("no extension at all", "IMG_7747") with { MimeType = "video/quicktime" };
            yield return Item("text behind the last dot", "21.12.11 - 1");
        }

        yield return Item("JSON named after the file", "27/06/12 - 1") with
        {
            FileName = "27_06_12 - 1.mov",
            JsonName = "27_06_12 - 1.mov",
            Naming = TakeoutNaming.Old,
            MimeType = "video/quicktime",
        };
        yield return Item("title names another extension", "dive.001") with { FileName = "dive.001.jpg" };
        yield return Item("title names another extension", "dive.002") with
        {
            FileName = "dive.002.jpg",
            JsonName = "dive.002.jpg",
        };
        yield return Item("extension is not the content", "IMG_0100.HEIC");
        yield return Item("extension is not the content", "IMG_0101.png");
        yield return Item("extension is not the content", "clip.jpg") with { MimeType = "video/mp4" };
        yield return Item("one stem, three extensions", "trio.jpg");
        yield return Item("one stem, three extensions", "trio.png") with { MimeType = "image/png" };
        yield return Item("one stem, three extensions", "trio.gif") with { MimeType = "image/gif" };
        foreach ((string extension, string type) in ((string, string)[])[(".JPG", "image/jpeg"), (".Jpeg", "image/jpeg"),
            (".webp", "image/webp"), (".tif", "image/tiff"), (".AVIF", "image/avif"), (".dng", "image/x-adobe-dng"),
            (".MOV", "video/quicktime"), (".3gp", "video/3gpp"), (".M4V", "video/mp4")])
        {
            yield return Item("every kind of file", "kind" + extension.ToUpperInvariant()[1..] + extension) with { MimeType = type };
        }
    }

    private static TakeoutItem Item(string example, string title) => new() { Case = example, Title = title, Taken = Start };

    private static string Padded(string start, int length)
    {
        const string Digits = "0123456789012345678901234567890123456789012345678901234567890123456789";
        return (start + Digits)[..length];
    }

    private static string TypeOf(string extension) => extension switch
    {
        ".HEIC" => "image/heic",
        ".mp4" => "video/mp4",
        _ => "image/jpeg",
    };
}
