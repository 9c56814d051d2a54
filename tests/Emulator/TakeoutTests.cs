using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator.Takeout;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>An export holds what its truth says, the same each time.</summary>
public sealed class TakeoutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TakeoutFormat.Zip, 1)]
    [InlineData(TakeoutFormat.Zip, 3)]
    [InlineData(TakeoutFormat.Tgz, 2)]
    [InlineData(TakeoutFormat.Folder, 2)]
    public void The_truth_names_every_entry_and_its_bytes(TakeoutFormat format, int parts)
    {
        string folder = _folder.Under("export");
        TakeoutTruth truth = TakeoutArchive.Write(folder, new TakeoutOptions { Format = format, Parts = parts });
        Assert.Equal(parts, truth.Archives.Count);
        string[] expected = [.. truth.Entries.Select(entry => $"{entry.Archive}|{entry.Path}|{entry.Size}|{entry.Sha256}")];
        IEnumerable<string> there = TakeoutReader.Read(folder, truth.Archives).Select(entry =>
            $"{entry.Archive}|{entry.Path}|{entry.Content.Length}|{Convert.ToHexStringLower(SHA256.HashData(entry.Content))}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), there.Order(StringComparer.Ordinal));
        Assert.Equal(expected.Length, truth.Entries.Select(entry => (entry.Archive, entry.Path)).Distinct().Count());
    }

    [Fact]
    public void The_truth_beside_the_parts_is_the_one_that_was_returned()
    {
        string folder = _folder.Under("export");
        TakeoutTruth truth = TakeoutArchive.Write(folder, new TakeoutOptions { Parts = 2 });
        TakeoutTruth read = TakeoutTruth.Read(folder);
        Assert.Equal(truth.Options, read.Options);
        Assert.Equal(truth.Archives, read.Archives);
        Assert.Equivalent(truth.Entries, read.Entries, strict: true);
    }

    [Theory]
    [InlineData(TakeoutFormat.Zip)]
    [InlineData(TakeoutFormat.Tgz)]
    public void The_same_seed_makes_the_same_bytes_and_another_does_not(TakeoutFormat format)
    {
        Dictionary<string, string>[] exports = [.. ((int[])[5, 5, 6]).Select((seed, run) =>
        {
            string folder = _folder.Under($"run {run}");
            TakeoutArchive.Write(folder, new TakeoutOptions { Format = format, Parts = 2, Seed = seed });
            return Directory.EnumerateFiles(folder).ToDictionary(
                file => Path.GetFileName(file), file => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))));
        })];
        Assert.Equal(exports[0], exports[1]);
        Assert.Empty(exports[0].Values.Intersect(exports[2].Values));
    }

    [Fact]
    public void A_folder_that_holds_something_is_left_alone()
    {
        File.WriteAllText(_folder.Under("mine.txt"), "mine");
        Assert.Throws<IOException>(() => TakeoutArchive.Write(_folder.Path, new TakeoutOptions()));
        Assert.Equal(["mine.txt"], Directory.EnumerateFileSystemEntries(_folder.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void What_the_truth_says_of_a_picture_stands_in_the_json_it_names()
    {
        string folder = _folder.Under("export");
        TakeoutTruth truth = TakeoutArchive.Write(folder, new TakeoutOptions { Items = 700, Parts = 3 });
        Dictionary<(string, string), byte[]> contents =
            TakeoutReader.Read(folder, truth.Archives).ToDictionary(entry => (entry.Archive, entry.Path), entry => entry.Content);
        Dictionary<(string, string), TakeoutEntry> entries = truth.Entries.ToDictionary(entry => (entry.Archive, entry.Path));
        int compared = 0;
        foreach (TakeoutEntry picture in truth.Entries.Where(entry => entry is { Role: TakeoutRole.Picture, Json: not null }))
        {
            (string, string) json = (picture.Json!.Archive, picture.Json.Path);
            Assert.Equal((TakeoutRole.Json, true, picture.Item), (entries[json].Role, entries[json].Readable, entries[json].Item));
            Assert.Equal(Path.GetDirectoryName(picture.Path), Path.GetDirectoryName(picture.Json.Path));
            AssertTold(picture, JsonDocument.Parse(contents[json]).RootElement);
            compared++;
        }

        Assert.True(compared > 700);
        Assert.Contains(truth.Entries, entry => entry.Json is { } json && json.Archive != entry.Archive);
        Assert.Contains(truth.Entries, entry => entry.RepeatOf is not null && entry.Role == TakeoutRole.Picture);
    }

    [Fact]
    public void Pictures_begin_as_what_they_are()
    {
        string folder = _folder.Under("export");
        TakeoutTruth truth = TakeoutArchive.Write(folder, new TakeoutOptions());
        Dictionary<string, byte[]> contents = TakeoutReader.Read(folder, truth.Archives).ToDictionary(entry => entry.Path, entry => entry.Content);
        foreach (TakeoutEntry picture in truth.Entries.Where(entry =>
            entry.Role == TakeoutRole.Picture && entry.Case != "extension is not the content"))
        {
            byte[] bytes = contents[picture.Path];
            string head = Encoding.Latin1.GetString(bytes, 0, 12);
            Assert.True(
                Path.GetExtension(picture.Path).ToUpperInvariant() switch
                {
                    ".JPG" or ".JPEG" => head.StartsWith("\u00ff\u00d8\u00ff", StringComparison.Ordinal) && bytes[^1] == 0xD9,
                    ".HEIC" => head[4..] == "ftypheic",
                    ".MOV" => head[4..] == "ftypqt  ",
                    ".MP4" or ".MP" or ".MV" => head[4..8] == "ftyp",
                    ".PNG" => head.StartsWith("\u0089PNG", StringComparison.Ordinal),
                    _ => bytes.Length > 500,
                },
                picture.Path);
        }
    }

    [Fact]
    public void Plain_exports_have_ordinary_items_alone_and_as_many_as_asked_for()
    {
        TakeoutOptions options = new() { Items = 2000, Plain = true, Naming = TakeoutNaming.Old };
        TakeoutTruth truth = TakeoutArchive.Write(_folder.Under("export"), options);
        Assert.Equal(2000, truth.Entries.Max(entry => entry.Item));
        Assert.Equal(["album", "ordinary", "other"], truth.Entries.Select(entry => entry.Case).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain(truth.Entries, entry => entry.Path.Contains("supplemental", StringComparison.Ordinal));
        Assert.Contains(truth.Entries, entry => entry.Path.EndsWith(".JPG(1).json", StringComparison.Ordinal));
    }

    private static void AssertTold(TakeoutEntry picture, JsonElement json)
    {
        Assert.Equal(picture.Title, json.Text("title"));
        Assert.Equal(picture.Description ?? "", json.Text("description"));
        Assert.Equal(picture.Taken, Time(json, "photoTakenTime"));
        Assert.Equal(picture.Created, Time(json, "creationTime"));
        Assert.Equal(picture.Location, Place(json, "geoData"));
        Assert.Equal(picture.LocationExif, Place(json, "geoDataExif"));
        Assert.Equal(picture.People, json.TryGetProperty("people", out JsonElement people)
            ? people.EnumerateArray().Select(person => person.Text("name"))
            : []);
        Assert.Equal((picture.Favorited, picture.Archived, picture.Trashed), (json.Has("favorited"), json.Has("archived"), json.Has("trashed")));
        Assert.Single(json.GetProperty("googlePhotosOrigin").EnumerateObject());
    }

    private static DateTime? Time(JsonElement json, string name)
    {
        string timestamp = json.GetProperty(name).Text("timestamp");
        long seconds = long.Parse(timestamp, CultureInfo.InvariantCulture);
        return seconds == 0 ? null : DateTimeOffset.FromUnixTimeSeconds(seconds).UtcDateTime;
    }

    private static TakeoutPlace? Place(JsonElement json, string name)
    {
        TakeoutPlace place = json.TryGetProperty(name, out JsonElement data)
            ? new(data.GetProperty("latitude").GetDouble(), data.GetProperty("longitude").GetDouble(), data.GetProperty("altitude").GetDouble())
            : new(0, 0, 0);
        return place is { Latitude: 0, Longitude: 0 } ? null : place;
    }
}
