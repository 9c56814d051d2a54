using System.Text.RegularExpressions;
using GPhotos.Emulator.Takeout;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Names are made as docs/takeout.md says, each spelt out here once.</summary>
public sealed class TakeoutNameTests : IClassFixture<EnglishExport>
{
    private const string Year2019 = "Takeout/Google Photos/Photos from 2019/";
    private const string Year2020 = "Takeout/Google Photos/Photos from 2020/";
    private const string Year2021 = "Takeout/Google Photos/Photos from 2021/";

    private readonly TakeoutTruth _truth;

    public TakeoutNameTests(EnglishExport export) => _truth = export.Truth;

    [Theory]
    [InlineData("new name of every length", "jpg24_01234567890123.jpg",
        "jpg24_01234567890123.jpg", "jpg24_01234567890123.jpg.supplemental-metadata.json")]
    [InlineData("replaced character", "salt/pepper.jpg", "salt_pepper.jpg", "salt_pepper.jpg.supplemental-metadata.json")]
    [InlineData("replaced character", "salt'pepper.jpg", "salt_pepper(1).jpg", "salt_pepper.jpg.supplemental-metadata(1).json")]
    [InlineData("number in the title", "skytree2 (2).jpg", "skytree2 (2).jpg", "skytree2 (2).jpg.supplemental-metadata.json")]
    [InlineData("same name many times", "IMG_1001.JPG", "IMG_1001.JPG", "IMG_1001.JPG.json")]
    [InlineData("same name many times", "IMG_1001.JPG", "IMG_1001(11).JPG", "IMG_1001.JPG(11).json")]
    [InlineData("same name many times", "IMG_2001.JPG", "IMG_2001(11).JPG", "IMG_2001.JPG.supplemental-metadata(11).json")]
    [InlineData("number in the title taken", "tower1(1).jpg", "tower1(1).jpg", "tower1(1).jpg.json")]
    [InlineData("number in the title taken", "tower1.jpg", "tower1(2).jpg", "tower1.jpg(2).json")]
    [InlineData("number in the title late", "mast1(1).jpg", "mast1(1)(1).jpg", "mast1(1).jpg(1).json")]
    [InlineData("title without extension, file with", "20030616", "20030616.jpg", "20030616.supplemental-metadata.json")]
    [InlineData("title without extension, file with, twice", "20030618", "20030618(1).jpg", "20030618.supplemental-metadata(1).json")]
    [InlineData("no extension at all", "IMG_7747", "IMG_7747(1)", "IMG_7747.supplemental-metadata(1).json")]
    [InlineData("text behind the last dot", "21.12.11 - 1", "21.12(1).11 - 1", "21.12.11 - 1.supplemental-metadata(1).json")]
    [InlineData("JSON named after the file", "27/06/12 - 1", "27_06_12 - 1.mov", "27_06_12 - 1.mov.json")]
    [InlineData("emoji on the seam", "x😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.jpg",
        "x😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.jpg", "x😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.json")]
    [InlineData("emoji on the seam", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.jpg",
        "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.jpg", "😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀.json")]
    [InlineData("JSONs of one name", "differs_behind_the_seam_0123456789012345678901b.jpg",
        "differs_behind_the_seam_0123456789012345678901b.jpg", "differs_behind_the_seam_0123456789012345678901(1).json")]
    public void A_title_of_2019_becomes(string example, string title, string file, string json) =>
        AssertNamed(Year2019, example, title, file, json);

    [Theory]
    [InlineData("cover and original", "PXL_20200506_070809006.LONG_EXPOSURE-01.COVER.jpg",
        "PXL_20200506_070809006.LONG_EXPOSURE-01.COVER.jpg", "PXL_20200506_070809006.LONG_EXPOSURE-01.COVER..json")]
    [InlineData("cover and original", "PXL_20200506_070809006.LONG_EXPOSURE-02.ORIGINAL.jpg",
        "PXL_20200506_070809006.LONG_EXPOSURE-02.ORIGINA.jpg", "PXL_20200506_070809006.LONG_EXPOSURE-02.ORIGIN.json")]
    [InlineData("cover and original", "PXL_20200506_070809007.MOTION-02.ORIGINAL.jpg",
        "PXL_20200506_070809007.MOTION-02.ORIGINAL.jpg", "PXL_20200506_070809007.MOTION-02.ORIGINAL.jpg..json")]
    [InlineData("motion photo", "PXL_20200506_070809001.MP.jpg",
        "PXL_20200506_070809001.MP", "PXL_20200506_070809001.MP.jpg.supplemental-met.json")]
    [InlineData("motion photo twice", "PXL_20200506_070809001.MP.jpg",
        "PXL_20200506_070809001(1).MP", "PXL_20200506_070809001.MP.jpg.supplemental-met(1).json")]
    [InlineData("motion photo", "MVIMG_20200506_070809.jpg",
        "MVIMG_20200506_070809", "MVIMG_20200506_070809.jpg.supplemental-metadat.json")]
    [InlineData("live photo twice", "IMG_9000.HEIC", "IMG_9000(1).MP4", "IMG_9000.HEIC(1).json")]
    [InlineData("video of a live photo's name", "IMG_9000.MP4", "IMG_9000(2).MP4", "IMG_9000.MP4(2).json")]
    [InlineData("edited twice by name", "IMG_2500.JPG", "IMG_2500-edited(1).JPG", "IMG_2500.JPG.supplemental-metadata(1).json")]
    [InlineData("edited, every language", "edit in bearbeitet.jpg",
        "edit in bearbeitet-bearbeitet.jpg", "edit in bearbeitet.jpg.supplemental-metadata.json")]
    [InlineData("edited to another type", "IMG_0600.HEIC", "IMG_0600-edited.jpg", "IMG_0600.HEIC.supplemental-metadata.json")]
    [InlineData("edited, suffix cut", "l431_l431_l431_l431_l431_l431_l431_l431_l43.jpg",
        "l431_l431_l431_l431_l431_l431_l431_l431_l43-edi.jpg", "l431_l431_l431_l431_l431_l431_l431_l431_l43.jp.json")]
    [InlineData("edited, suffix cut", "l471_l471_l471_l471_l471_l471_l471_l471_l471_l4.jpg",
        "l471_l471_l471_l471_l471_l471_l471_l471_l471_l4(1).jpg", "l471_l471_l471_l471_l471_l471_l471_l471_l471_l.json")]
    public void A_title_of_2020_becomes(string example, string title, string file, string json) =>
        AssertNamed(Year2020, example, title, file, json);

    [Fact]
    public void Every_beginning_of_supplemental_metadata_occurs()
    {
        const string Supplement = ".supplemental-metadata";
        string[] ends = [.. _truth.Entries.Where(entry => entry.Case == "new name of every length")
            .Select(entry => Regex.Match(entry.Path, @"\.(?:jpg|jpeg|HEIC|mp4)(\.[a-z-]*)?\.json$"))
            .Where(match => match.Success).Select(match => match.Groups[1].Value).Distinct()];
        Assert.Equal(
            Enumerable.Range(0, Supplement.Length + 1).Select(length => Supplement[..length]),
            ends.OrderBy(end => end.Length));
    }

    [Theory]
    [InlineData("en", false, "Takeout/Google Photos/Photos from 2019/", "/metadata.json", "-edited.jpg")]
    [InlineData("de", false, "Takeout/Google Fotos/Fotos von 2019/", "/Metadaten.json", "-bearbeitet.jpg")]
    [InlineData("fr", false, "Takeout/Google Photos/Photos de 2019/", "/métadonnées.json", "-modifié.jpg")]
    [InlineData("es", false, "Takeout/Google Fotos/Fotos de 2019/", "/metadatos.json", "-ha editado.jpg")]
    [InlineData("it", true, "Takeout/Google Foto/Photos from 2019/", "/metadati.json", "-modificato.jpg")]
    [InlineData("ja", false, "Takeout/Google フォト/2019 年の写真/", "/メタデータ.json", "-編集済み.jpg")]
    public void Folders_and_suffixes_are_of_the_language(string locale, bool english, string year, string album, string edited)
    {
        using TemporaryFolder folder = new();
        TakeoutTruth truth = TakeoutArchive.Write(folder.Under("export"), new TakeoutOptions { Locale = locale, EnglishYears = english });
        Assert.Contains(truth.Entries, entry => entry.Role == TakeoutRole.Picture && entry.Path.StartsWith(year, StringComparison.Ordinal));
        Assert.Contains(truth.Entries, entry => entry.Role == TakeoutRole.AlbumMetadata && entry.Path.EndsWith(album, StringComparison.Ordinal));
        Assert.Contains(truth.Entries, entry => entry.EditedOf is not null && entry.Case == "edited, title looks edited"
            && entry.Path.EndsWith(edited, StringComparison.Ordinal));
    }

    [Fact]
    public void Albums_have_their_titles_in_the_json_and_a_folder_each()
    {
        TakeoutEntry[] albums = [.. _truth.Entries.Where(entry => entry.Role == TakeoutRole.AlbumMetadata)];
        Assert.Equal(
            ["Takeout/Google Photos/A walk", "Takeout/Google Photos/A walk(1)", "Takeout/Google Photos/A walk(2)"],
            albums.Where(entry => entry.Album!.Title == "A walk").Select(entry => entry.Album!.Folder));
        Assert.Equal(
            ["Takeout/Google Photos/Untitled", "Takeout/Google Photos/Untitled(1)", "Takeout/Google Photos/Untitled(2)"],
            albums.Where(entry => entry.Album!.Title is null or "" or "Untitled").Select(entry => entry.Album!.Folder));
        Assert.Contains(albums, entry => entry.Path == "Takeout/Google Photos/Summer _ Winter_ _50__ _ more_ It_s _all_/metadata.json");
        Assert.Contains(albums, entry => entry.Path == "Takeout/Google Photos/Told twice/metadata(1).json");
    }

    [Fact]
    public void Copies_in_albums_have_the_same_bytes_and_their_own_json()
    {
        TakeoutEntry[] copies = [.. _truth.Entries.Where(entry =>
            entry.Role == TakeoutRole.Picture && entry.Case == "in several albums")];
        Assert.Equal(4, copies.Length);
        Assert.Single(copies.Select(copy => copy.Sha256).Distinct());
        Assert.Equal(4, copies.Select(copy => copy.Json).Distinct().Count());
        Assert.All(copies, copy => Assert.Equal(["A walk", "A walk(1)", "Party 🎉"], copy.Albums!.Select(album => Path.GetFileName(album.Folder))));
        Assert.Single(copies, copy => copy.Album is null && copy.Path.StartsWith(Year2021, StringComparison.Ordinal));

        TakeoutEntry alone = Assert.Single(_truth.Entries, entry =>
            entry.Role == TakeoutRole.Picture && entry.Title == "by JSON 1.jpg");
        Assert.Equal("Nothing but JSON", Assert.Single(alone.Albums!).Title);
    }

    [Fact]
    public void What_cannot_be_read_is_joined_with_nothing()
    {
        foreach (string flaw in (string[])["JSON empty", "JSON an empty object", "JSON broken", "JSON missing"])
        {
            TakeoutEntry[] pictures = [.. _truth.Entries.Where(entry => entry.Case == flaw && entry.Role == TakeoutRole.Picture)];
            Assert.Equal(2, pictures.Length);
            Assert.All(pictures, picture => Assert.True(picture.Json is null && picture.Title is null && picture.Taken is null));
            Assert.All(_truth.Entries.Where(entry => entry.Case == flaw && entry.Role == TakeoutRole.Json), json => Assert.False(json.Readable));
        }

        Assert.All(_truth.Entries.Where(entry => entry.Case == "JSON without picture"), entry => Assert.Equal(TakeoutRole.Json, entry.Role));
    }

    private void AssertNamed(string folder, string example, string title, string file, string json)
    {
        TakeoutEntry entry = Assert.Single(_truth.Entries, entry => entry.Path == folder + file);
        Assert.Equal((example, title, folder + json), (entry.Case, entry.Title, entry.Json?.Path));
    }
}
