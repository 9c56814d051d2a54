using System.Text.Json;
using GPhotos.Core.Takeout;
using GPhotos.Emulator.Takeout;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Takeout;

/// <summary>Archives that are broken or meant to do harm: what is sound is read, the rest is accounted for, and nothing takes memory by what a header says.</summary>
public sealed class HostileExportTests : IDisposable
{
    private static readonly string[] WithoutFault =
        ["no-entries.zip", "no-entries.tgz", "bad-names.zip", "picture-bomb.zip", "json-bomb.zip", "json-deep.zip", "claims-10gb.zip", "duplicates.zip", "encrypted.zip",
            "unknown-method.zip", "bad-checksum.zip", "bad-stream.zip", "bad-names.tgz", "links.tgz", "duplicates.tgz", "bomb.tgz"];

    private readonly TempFolder _folder = new();
    private readonly IReadOnlyList<HostileArchive> _archives;

    public HostileExportTests() => _archives = HostileArchives.Write(_folder.Path);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Text_without_end_is_not_kept()
    {
        TakeoutIndex index = new() { MaxJsonText = 2_500 };
        FolderPart part = new(_folder.Path);
        for (int i = 0; i < 5; i++)
        {
            byte[] json = JsonSerializer.SerializeToUtf8Bytes(
                new { title = $"{i}.jpg", description = new string('a', 1000), photoTakenTime = new { timestamp = "1" } });
            await index.AddAsync(new FoundEntry(part, i, $"Takeout/Google Photos/Photos from 2020/{i}.jpg.json", json.Length) { Open = () => new MemoryStream(json) }, CancellationToken.None);
        }

        List<PictureJson> jsons = Assert.Single(index.All).Jsons;
        Assert.Equal(5, jsons.Count);
        Assert.Equal(2, jsons.Count(j => j is { Flaw: null, Description.Length: 1000 }));
        Assert.Equal(3, jsons.Count(j => j is { Flaw.Length: > 0, Description: null }));
    }

    [Fact]
    public async Task Every_archive_is_accounted_for_alone_and_its_sound_pictures_come_whole()
    {
        List<string> wrong = [];
        foreach (HostileArchive archive in _archives)
        {
            long before = GC.GetTotalAllocatedBytes();
            TakeoutExport export = await TakeoutExport.ReadAsync([_folder[archive.File]], null, CancellationToken.None);
            List<MediaItem> items = await export.GetItemsAsync().ToListAsync();
            TakeoutSummary summary = await export.GetSummaryAsync();
            long taken = GC.GetTotalAllocatedBytes() - before;

            if (summary.Entries != ExportTruthTests.Sum(summary))
            {
                wrong.Add($"{archive.File}: {summary.Entries} entries, {ExportTruthTests.Sum(summary)} told of");
            }

            bool isDamaged = export.Errors is [TakeoutDamagedException];
            if (isDamaged == WithoutFault.Contains(archive.File))
            {
                wrong.Add($"{archive.File}: {string.Join(" | ", export.Errors.Select(e => e.Message))}");
            }

            foreach (string sound in archive.Sound.Where(s => !s.EndsWith(".json", StringComparison.Ordinal)))
            {
                if (items.Find(i => i.EntryName == sound) is not { } item || (await BytesAsync(item)).Length != item.Length)
                {
                    wrong.Add($"{archive.File}: {sound} did not come");
                }
            }

            if (taken > 400_000_000)
            {
                wrong.Add($"{archive.File}: {taken:N0} bytes were taken");
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("claims-10gb.zip")]
    [InlineData("encrypted.zip")]
    [InlineData("unknown-method.zip")]
    [InlineData("bad-checksum.zip")]
    [InlineData("bad-stream.zip")]
    public async Task What_is_damaged_ends_in_an_error_that_names_archive_and_entry(string file)
    {
        TakeoutExport export = await TakeoutExport.ReadAsync([_folder[file]], null, CancellationToken.None);
        MediaItem? damaged = (await export.GetItemsAsync().ToListAsync()).Find(i => i.FileName != "sound.jpg");
        if (damaged is null)
        {
            Assert.Contains((await export.GetSummaryAsync()).Refused, r => r.EntryName.EndsWith("IMG_0001.jpg", StringComparison.Ordinal));
            return;
        }

        FileReadFailedException error = await Assert.ThrowsAsync<FileReadFailedException>(() => BytesAsync(damaged));

        Assert.Contains(file, error.Message, StringComparison.Ordinal);
        Assert.Contains("IMG_0001.jpg", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("bad-names.zip")]
    [InlineData("bad-names.tgz")]
    [InlineData("links.tgz")]
    public async Task Names_that_lead_out_and_links_are_refused_with_the_reason(string file)
    {
        TakeoutExport export = await TakeoutExport.ReadAsync([_folder[file]], null, CancellationToken.None);
        TakeoutSummary summary = await export.GetSummaryAsync();
        List<MediaItem> items = await export.GetItemsAsync().ToListAsync();

        Assert.NotEmpty(summary.Refused);
        Assert.All(summary.Refused, r => Assert.NotEmpty(r.Reason));
        Assert.DoesNotContain(
            items, i => i.EntryName!.Contains("..", StringComparison.Ordinal) || i.EntryName.Contains('\\', StringComparison.Ordinal) || i.EntryName.Contains('\0', StringComparison.Ordinal)
                || i.EntryName[0] == '/');
    }

    [Fact]
    public async Task A_damaged_part_is_told_of_once_and_the_others_are_read()
    {
        TakeoutExport export = await TakeoutExport.ReadAsync([_folder["truncated.zip"], _folder["encrypted.zip"], _folder["none.zip"]], null, CancellationToken.None);

        Assert.Collection(
            export.Errors,
            e => Assert.Contains("truncated.zip", Assert.IsType<TakeoutDamagedException>(e).Message, StringComparison.Ordinal),
            e => Assert.Contains("none.zip", Assert.IsType<FileReadFailedException>(e).Message, StringComparison.Ordinal));
        Assert.Contains(await export.GetItemsAsync().ToListAsync(), i => i.FileName == "sound.jpg");
    }

    private static async Task<byte[]> BytesAsync(MediaItem item)
    {
        await using Stream stream = await ((Core.Media.LocalContent)item.Origin!).OpenAsync(CancellationToken.None);
        using MemoryStream bytes = new();
        await stream.CopyToAsync(bytes);
        return bytes.ToArray();
    }
}
