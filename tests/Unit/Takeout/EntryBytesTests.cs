using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using GPhotos.Core.Media;
using GPhotos.Core.Takeout;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Takeout;

/// <summary>The bytes of entries: many at once, in any order, from several threads, and never silently wrong.</summary>
public sealed class EntryBytesTests : IDisposable
{
    private const string Year = "Takeout/Google Photos/Photos from 2019/";

    private readonly TempFolder _folder = new();
    private readonly Dictionary<string, byte[]> _files = [];

    public EntryBytesTests()
    {
        Random random = new(7);
        for (int i = 0; i < 60; i++)
        {
            // Some are too large for memory.
            byte[] bytes = new byte[i % 20 == 7 ? 5_000_000 : random.Next(10, 60_000)];
            random.NextBytes(bytes.AsSpan(0, Math.Min(bytes.Length, 40_000)));
            BinaryPrimitives.WriteInt32BigEndian(bytes, i);
            _files[$"{Year}IMG_{i:0000}.jpg"] = bytes;
        }
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("zip")]
    [InlineData("tgz")]
    [InlineData("folder")]
    public async Task Lanes_that_read_side_by_side_and_out_of_order_get_each_its_own(string format)
    {
        LocalContent[] contents = await ContentsAsync(Write(format));
        LocalContent[] shuffled = [.. contents];
        new Random(3).Shuffle(shuffled);

        await Parallel.ForEachAsync(contents.Concat(shuffled).Concat(contents.Reverse()), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (content, stop) =>
        {
            await using Stream stream = await content.OpenAsync(stop);
            Assert.Equal(SHA256.HashData(Of(content)), await SHA256.HashDataAsync(stream, stop));
        });
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tgz")]
    [InlineData("folder")]
    public async Task Many_that_are_open_at_once_are_read_piece_by_piece_in_turn(string format)
    {
        List<(LocalContent Content, Stream Stream, MemoryStream Got)> open = [];
        foreach (LocalContent content in (await ContentsAsync(Write(format))).Reverse().Take(20))
        {
            open.Add((content, await content.OpenAsync(CancellationToken.None), new MemoryStream()));
        }

        byte[] buffer = new byte[7000];
        for (bool isMore = true; isMore;)
        {
            isMore = false;
            foreach ((_, Stream stream, MemoryStream got) in open)
            {
                int read = await stream.ReadAsync(buffer);
                await got.WriteAsync(buffer.AsMemory(0, read));
                isMore |= read > 0;
            }
        }

        Assert.All(open, o => Assert.True(o.Got.ToArray().AsSpan().SequenceEqual(Of(o.Content)), o.Content.Name));
        open.ForEach(o => o.Stream.Dispose());
    }

    [Fact]
    public async Task An_archive_is_open_only_while_somebody_reads_and_one_that_was_replaced_is_not_taken_for_it()
    {
        string zip = Write("zip");
        LocalContent content = (await ContentsAsync(zip))[0];
        await (await content.OpenAsync(CancellationToken.None)).DisposeAsync();
        File.Delete(zip);
        _files[$"{Year}more.jpg"] = [1, 2, 3];
        Write("zip");

        FileReadFailedException error = await Assert.ThrowsAsync<FileReadFailedException>(() => content.OpenAsync(CancellationToken.None));

        Assert.Contains("changed", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("tgz")]
    public async Task A_byte_that_turned_over_in_the_archive_is_found_by_who_reads_to_the_length_alone(string format)
    {
        _files.Clear();
        byte[] picture = new byte[3000];
        new Random(1).NextBytes(picture);
        _files[$"{Year}IMG_1.jpg"] = picture;
        // Without it the picture would have been asked for its time, and be at hand.
        _files[$"{Year}IMG_1.jpg.json"] = """{"title":"IMG_1.jpg","photoTakenTime":{"timestamp":"1551700800"}}"""u8.ToArray();
        string path = Write(format, CompressionLevel.NoCompression);
        LocalContent content = Assert.Single(await ContentsAsync(path));
        DateTime time = File.GetLastWriteTimeUtc(path);
        byte[] bytes = await File.ReadAllBytesAsync(path);
        bytes[bytes.AsSpan().IndexOf(picture.AsSpan(1000, 20))] ^= 0x40;
        await File.WriteAllBytesAsync(path, bytes);
        File.SetLastWriteTimeUtc(path, time);

        FileReadFailedException error = await Assert.ThrowsAsync<FileReadFailedException>(async () =>
        {
            await using Stream stream = await content.OpenAsync(CancellationToken.None);
            await stream.ReadExactlyAsync(new byte[3000]);
        });

        Assert.Contains("IMG_1.jpg", error.Message, StringComparison.Ordinal);
        Assert.Contains(Path.GetFileName(path), error.Message, StringComparison.Ordinal);
    }

    private byte[] Of(LocalContent content) => _files.Single(f => content.Name.EndsWith(f.Key, StringComparison.Ordinal)).Value;

    private static async Task<LocalContent[]> ContentsAsync(string path)
    {
        TakeoutExport export = await TakeoutExport.ReadAsync([path], null, CancellationToken.None);
        Assert.Empty(export.Errors);
        return [.. (await export.GetItemsAsync().ToListAsync()).Select(i => (LocalContent)i.Origin!)];
    }

    private string Write(string format, CompressionLevel level = CompressionLevel.Fastest)
    {
        string path = _folder["takeout-001." + format];
        if (format == "zip")
        {
            using ZipArchive zip = ZipFile.Open(path, ZipArchiveMode.Create);
            foreach ((string name, byte[] bytes) in _files)
            {
                using Stream stream = zip.CreateEntry(name, level).Open();
                stream.Write(bytes);
            }
        }
        else if (format == "tgz")
        {
            using GZipStream zipped = new(File.Create(path), level);
            using TarWriter tar = new(zipped);
            foreach ((string name, byte[] bytes) in _files)
            {
                tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(bytes) });
            }
        }
        else
        {
            foreach ((string name, byte[] bytes) in _files)
            {
                string file = Path.Combine(path, name);
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                File.WriteAllBytes(file, bytes);
            }
        }

        return path;
    }
}
