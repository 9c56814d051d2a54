using System.Formats.Tar;
using System.IO.Compression;
using GPhotos.Emulator.Takeout;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Hostile archives are as hostile as they say, and no more.</summary>
public sealed class HostileTakeoutTests : IClassFixture<HostileFolder>
{
    private const string Victim = "Takeout/Google Photos/Photos from 2019/IMG_0001.jpg";

    private readonly HostileFolder _archives;

    public HostileTakeoutTests(HostileFolder archives) => _archives = archives;

    [Fact]
    public void What_is_called_sound_can_be_read()
    {
        foreach (HostileArchive archive in _archives.List.Where(archive => archive.Sound.Count > 0))
        {
            string path = _archives.PathOf(archive.File);
            Func<string, string, long> read = Path.GetExtension(path) == ".zip" ? FromZip : FromTar;
            Assert.All(archive.Sound, sound => Assert.True(read(path, sound) > 100, $"{archive.File}: {sound}"));
        }
    }

    [Theory]
    [InlineData("truncated.zip")]
    [InlineData("no-directory.zip")]
    [InlineData("end-cut.zip")]
    [InlineData("directory-garbled.zip")]
    [InlineData("not-a-zip.zip")]
    [InlineData("zero-bytes.zip")]
    public void Broken_zips_cannot_be_listed(string file) => Assert.Throws<InvalidDataException>(() =>
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf(file));
        return zip.Entries.Count;
    });

    [Theory]
    [InlineData("truncated.tgz")]
    [InlineData("truncated-tar.tgz")]
    [InlineData("not-gzip.tgz")]
    [InlineData("gzip-of-text.tgz")]
    [InlineData("claims-10gb.tgz")]
    [InlineData("bad-checksum.tgz")]
    public void Broken_tars_cannot_be_read_to_the_end(string file)
    {
        Exception failure = Assert.ThrowsAny<Exception>(() => Tar(file, _ => { }));
        Assert.True(failure is InvalidDataException or EndOfStreamException, failure.ToString());
    }

    [Fact]
    public void Zips_without_entries_are_no_error()
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf("no-entries.zip"));
        Assert.Empty(zip.Entries);
        Tar("no-entries.tgz", _ => Assert.Fail("no entries"));
    }

    [Theory]
    [InlineData("picture-bomb.zip", Victim)]
    [InlineData("json-bomb.zip", Victim + ".json")]
    public void Bombs_are_a_thousand_times_what_they_weigh(string file, string path)
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf(file));
        ZipArchiveEntry entry = zip.GetEntry(path)!;
        Assert.Equal(100_000_000, entry.Length);
        Assert.True(entry.Length / entry.CompressedLength >= 900, $"{entry.CompressedLength}");
    }

    [Fact]
    public void Headers_claim_ten_gigabytes()
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf("claims-10gb.zip"));
        Assert.Equal(10_000_000_000, zip.GetEntry(Victim)!.Length);
        Assert.Equal(10_000_000_000, zip.GetEntry(Victim + ".json")!.Length);
        Assert.True(new FileInfo(_archives.PathOf("claims-10gb.tgz")).Length < 10_000);
    }

    [Fact]
    public void Names_lead_out_and_are_written_as_they_are()
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf("bad-names.zip"));
        string[] names = [.. zip.Entries.Select(entry => entry.FullName)];
        Assert.All(
            (string[])["../../escaped.jpg", "/tmp/escaped.jpg", @"C:\escaped.jpg", @"..\..\escaped.jpg", "", Victim[..^12] + "nul\0byte.jpg"],
            name => Assert.Contains(name, names));
        HashSet<string> inTar = [];
        Tar("bad-names.tgz", entry => inTar.Add(entry.Name));
        Assert.All((string[])["../../escaped.jpg", "/tmp/escaped.jpg", @"C:\escaped.jpg"], name => Assert.Contains(name, inTar));
    }

    [Fact]
    public void Names_come_twice_with_other_bytes()
    {
        using ZipArchive zip = ZipFile.OpenRead(_archives.PathOf("duplicates.zip"));
        long[] lengths = [.. zip.Entries.Where(entry => entry.FullName == Victim).Select(entry => entry.Length)];
        Assert.Equal(2, lengths.Distinct().Count());
    }

    [Fact]
    public void Entries_are_encrypted_or_packed_in_ways_nobody_reads()
    {
        using ZipArchive encrypted = ZipFile.OpenRead(_archives.PathOf("encrypted.zip"));
        Assert.True(encrypted.GetEntry(Victim)!.IsEncrypted);
        foreach (string file in (string[])["unknown-method.zip", "bad-stream.zip"])
        {
            Assert.Throws<InvalidDataException>(() => FromZip(_archives.PathOf(file), Victim));
        }

        using ZipArchive sum = ZipFile.OpenRead(_archives.PathOf("bad-checksum.zip"));
        Assert.Equal(0x12345678u, sum.GetEntry(Victim)!.Crc32);
    }

    [Fact]
    public void Tars_have_links_and_devices()
    {
        List<TarEntryType> types = [];
        Tar("links.tgz", entry => types.Add(entry.EntryType));
        Assert.Equal(
            [
                TarEntryType.RegularFile, TarEntryType.SymbolicLink, TarEntryType.HardLink, TarEntryType.CharacterDevice,
                TarEntryType.BlockDevice, TarEntryType.Fifo,
            ],
            types.Distinct());
    }

    private static long FromZip(string path, string name)
    {
        using ZipArchive zip = ZipFile.OpenRead(path);
        using Stream stream = zip.GetEntry(name)!.Open();
        return Length(stream);
    }

    /// <summary>A tar is read up to what is looked for: what comes behind it may be broken.</summary>
    private static long FromTar(string path, string name)
    {
        using FileStream file = File.OpenRead(path);
        using GZipStream gzip = new(file, CompressionMode.Decompress);
        using TarReader reader = new(gzip);
        while (reader.GetNextEntry() is TarEntry entry)
        {
            if (entry.Name == name)
            {
                return Length(entry.DataStream!);
            }
        }

        return 0;
    }

    private static long Length(Stream stream)
    {
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.Length;
    }

    private void Tar(string file, Action<TarEntry> entry)
    {
        using FileStream stream = File.OpenRead(_archives.PathOf(file));
        using GZipStream gzip = new(stream, CompressionMode.Decompress);
        using TarReader reader = new(gzip);
        while (reader.GetNextEntry() is TarEntry next)
        {
            entry(next);
        }
    }
}
