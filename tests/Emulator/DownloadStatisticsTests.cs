using System.Net.Http.Headers;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class DownloadStatisticsTests
{
    [Fact]
    public async Task Answers_with_bytes_are_counted_by_item_and_nothing_else_is()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 3 });
        string[] ids = (await emulator.GetAsync("v1/mediaItems")).Ids();
        Uri once = await emulator.BaseUrlAsync(ids[0], "=d");
        Uri twice = await emulator.BaseUrlAsync(ids[1], "=d");
        long whole = (await emulator.Http.GetByteArrayAsync(once)).Length;
        long other = (await emulator.Http.GetByteArrayAsync(twice)).Length;
        using HttpRequestMessage part = new(HttpMethod.Get, twice);
        part.Headers.Range = new RangeHeaderValue(10, 109);
        using HttpResponseMessage partial = await emulator.Http.SendAsync(part);
        using HttpRequestMessage head = new(HttpMethod.Head, once);
        using HttpResponseMessage told = await emulator.Http.SendAsync(head);
        using HttpResponseMessage missing = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(ids[2], "=dv"));
        await emulator.PostAsync("emulator/faults", new { kind = "media.get", status = 500 });
        using HttpResponseMessage failed = await emulator.Http.GetAsync(once);

        JsonElement stats = await emulator.GetAsync("emulator/stats/downloads");
        Assert.Equal((2, whole + other + 100), (stats.GetProperty("items").GetInt32(), stats.GetProperty("bytes").GetInt64()));
        JsonElement repeated = stats.GetProperty("moreThanOnce")[0];
        Assert.Equal(1, stats.GetProperty("moreThanOnce").GetArrayLength());
        Assert.Equal((ids[1], 2, other + 100), (repeated.Text("id"), repeated.GetProperty("count").GetInt32(), repeated.GetProperty("bytes").GetInt64()));
        Assert.False(stats.Has("all"));

        JsonElement[] all = [.. (await emulator.GetAsync("emulator/stats/downloads?all=true")).GetProperty("all").EnumerateArray()];
        Assert.Equal(ids[..2].Order(StringComparer.Ordinal), all.Select(item => item.Text("id")));

        await emulator.Http.DeleteAsync(new Uri("emulator/stats", UriKind.Relative));
        Assert.Equal(0, (await emulator.GetAsync("emulator/stats/downloads")).GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task A_cut_answer_counts_with_what_was_sent_of_it()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { size = 600_000 }))[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        await emulator.PostAsync("emulator/faults", new { kind = "media.get", cutAfterBytes = 500_000 });
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => emulator.Http.GetByteArrayAsync(url));
        Assert.Equal(500_000, (await emulator.GetAsync("emulator/stats/downloads")).GetProperty("bytes").GetInt64());
    }
}
