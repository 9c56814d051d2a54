using static GPhotos.Emulator.Takeout.HostileSamples;

namespace GPhotos.Emulator.Takeout;

/// <summary>Zips that are broken, or made to do harm.</summary>
internal static class HostileZips
{
    private const int Encrypted = 1;
    private const int Lzma = 14;
    private const int BombLength = 100_000_000;

    public static IEnumerable<(HostileArchive Archive, byte[] Content)> All()
    {
        byte[] whole = Many().Finish();
        yield return Zip("truncated", "a zip cut in the middle: no directory, the last entry half there", [], whole[..(whole.Length / 2)]);
        yield return Zip("no-directory", "all entries, no directory", [], Many().WithoutDirectory());
        yield return Zip("end-cut", "the last ten bytes are missing", [], whole[..^10]);
        yield return Zip("directory-garbled", "the directory is overwritten", [], Garbled(whole, Many().WithoutDirectory().Length));
        yield return Zip("not-a-zip", "a text that is called a zip", [], Text("<html>You must sign in to download this file.</html>"));
        yield return Zip("zero-bytes", "nothing at all", [], []);
        yield return Zip("no-entries", "a zip without entries", [], new RawZip().Finish());
        yield return Zip("bad-names", "names that lead out of the folder, are absolute, have drives, NUL, backslashes", Sound, BadlyNamed());
        yield return Zip("picture-bomb", $"a picture of {BombLength} zeros, compressed more than 1000 to 1", Sound, Good()
            .Add(Victim, new byte[BombLength], isDeflated: true)
            .Add(Victim + ".json", Json("IMG_0001.jpg"))
            .Finish());
        yield return Zip("json-bomb", $"a JSON of {BombLength} blanks, compressed more than 1000 to 1", [.. Sound, Victim], Good()
            .Add(Victim, Picture)
            .Add(Victim + ".json", [.. Enumerable.Repeat((byte)' ', BombLength)], isDeflated: true)
            .Finish());
        yield return Zip("json-deep", "a JSON of a million nested arrays", [.. Sound, Victim], Good()
            .Add(Victim, Picture)
            .Add(Victim + ".json", [.. Enumerable.Repeat((byte)'[', 1_000_000)], isDeflated: true)
            .Finish());
        yield return Zip("claims-10gb", "headers that claim 10 GB (zip64) for a few bytes", Sound, Good()
            .Add(Victim, Picture, claimed: TenGigabytes)
            .Add(Victim + ".json", Json("IMG_0001.jpg"), claimed: TenGigabytes, isDeflated: true)
            .Finish());
        yield return Zip("duplicates", "two entries of one name with different bytes, twice", Sound, Good()
            .Add(Victim, Picture)
            .Add(Victim, [.. Picture, 0])
            .Add(Victim + ".json", Json("IMG_0001.jpg"))
            .Add(Victim + ".json", Json("another.jpg"))
            .Finish());
        yield return Zip("encrypted", "an entry whose flag says encrypted", Sound, Good().Add(Victim, Picture, flags: Encrypted).Finish());
        yield return Zip("unknown-method", "an entry compressed by LZMA", Sound, Good().Add(Victim, Picture, method: Lzma).Finish());
        yield return Zip("bad-checksum", "a checksum that is another's", Sound, Good().Add(Victim, Picture, crc: 0x12345678).Finish());
        yield return Zip("bad-stream", "compressed bytes that are none", Sound, Good().Add(Victim, Picture, method: 8).Finish());
    }

    private static (HostileArchive Archive, byte[] Content) Zip(string name, string what, string[] sound, byte[] content) =>
        (new HostileArchive(name + ".zip", what, sound), content);

    private static RawZip Good() => new RawZip().Add(SoundPicture, Picture).Add(SoundJson, Json("sound.jpg"), isDeflated: true);

    private static RawZip Many()
    {
        RawZip zip = Good();
        for (int number = 2; number < 20; number++)
        {
            zip.Add(FormattableString.Invariant($"{Folder}IMG_{number:D4}.jpg"), Picture);
        }

        return zip;
    }

    private static byte[] BadlyNamed()
    {
        RawZip zip = Good();
        foreach (string name in BadNames)
        {
            zip.Add(name, Picture);
        }

        return zip.Finish();
    }

    private static byte[] Garbled(byte[] zip, int directory)
    {
        zip.AsSpan(directory, 100).Fill(0xA5);
        return zip;
    }
}
