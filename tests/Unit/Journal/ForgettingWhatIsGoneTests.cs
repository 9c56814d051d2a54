using GPhotos.Core.Journal;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Journal;

public sealed class ForgettingWhatIsGoneTests
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromHours(1);

    [Fact]
    public async Task What_was_deleted_is_forgotten_and_the_rest_stays()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        List<SendOutcome> sent = await google.Client.Sender.SendAllAsync(folder.WritePictures(5));
        await google.DeleteAsync(sent[1].Result!.Id!);
        google.Clock.Advance(LongEnough);
        await google.ResetStatisticsAsync();

        JournalChange change = Assert.Single(await google.UpdateAsync());

        Assert.Equal((JournalChangeAction.Forgotten, sent[1].Result!.FullName, sent[1].Result!.Id), (change.Action, change.FullName, change.Id));
        Assert.Equal(sent[1].Result!.Sha256, change.Entry.Sha256);
        Assert.Equal(
            sent.Where((_, i) => i != 1).Select(o => o.Result!.Id).Order(), google.Client.Journal.Find(new JournalFilter()).Select(e => e.Id).Order());
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1, 2), (statistics.Calls("mediaItems.list"), statistics.Calls("mediaItems.batchGet"), statistics.Total));

        List<SendOutcome> again = await google.Client.Sender.SendAllAsync([sent[1].Result!.FullName]);
        Assert.Equal(SendStatus.Created, again[0].Result!.Status);
        Assert.Empty(await google.UpdateAsync());
    }

    [Fact]
    public async Task What_is_found_changes_nothing_until_it_is_applied()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        List<SendOutcome> sent = await google.Client.Sender.SendAllAsync(folder.WritePictures(1));
        await google.DeleteAsync(sent[0].Result!.Id!);
        google.Clock.Advance(LongEnough);

        Assert.Single(await google.FindChangesAsync());

        Assert.Single(google.Client.Journal.Find(new JournalFilter()));
    }

    [Fact]
    public async Task What_the_listing_leaves_out_is_asked_for_by_name_fifty_a_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        List<SendOutcome> sent = await google.Client.Sender.SendAllAsync(folder.WritePictures(120));
        await google.DeleteAsync(sent[7].Result!.Id!);
        google.Clock.Advance(LongEnough);
        await google.ResetStatisticsAsync();
        await google.FaultAsync(new { kind = "mediaItems.list", body = new { } });

        Assert.Equal(sent[7].Result!.Id, Assert.Single(await google.UpdateAsync()).Id);

        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 3), (statistics.Calls("mediaItems.list"), statistics.Calls("mediaItems.batchGet")));
    }

    [Fact]
    public async Task A_long_account_is_listed_once_a_hundred_a_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { count = 230 });
        await google.Client.Sender.SendAllAsync(folder.WritePictures(20));
        google.Clock.Advance(LongEnough);
        await google.ResetStatisticsAsync();

        Assert.Empty(await google.UpdateAsync());

        Assert.Equal(3, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task What_was_created_within_the_hour_is_left_alone_and_alone_it_costs_no_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        List<SendOutcome> old = await google.Client.Sender.SendAllAsync(folder.WritePictures(1, "old"));
        await google.DeleteAsync(old[0].Result!.Id!);
        google.Clock.Advance(LongEnough - TimeSpan.FromSeconds(1));
        await google.ResetStatisticsAsync();
        Assert.Empty(await google.UpdateAsync());
        Assert.Equal(0, (await google.StatisticsAsync()).Total);

        List<SendOutcome> young = await google.Client.Sender.SendAllAsync(folder.WritePictures(1, "young"));
        await google.DeleteAsync(young[0].Result!.Id!);
        google.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(old[0].Result!.Id, Assert.Single(await google.UpdateAsync()).Id);
        Assert.Equal(young[0].Result!.Id, Assert.Single(google.Client.Journal.Find(new JournalFilter())).Id);
    }

    [Theory]
    [InlineData(14, typeof(ServiceUnavailableException))]
    [InlineData(13, typeof(ServiceUnavailableException))]
    [InlineData(4, typeof(ServiceUnavailableException))]
    [InlineData(0, typeof(UnexpectedResponseException))]
    public async Task A_status_that_does_not_say_that_it_is_gone_is_an_error_and_forgets_nothing(int code, Type error)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.Client.Sender.SendAllAsync(folder.WritePictures(1));
        google.Clock.Advance(LongEnough);
        await google.FaultAsync(new { kind = "mediaItems.list", body = new { } });
        await google.FaultAsync(new { kind = "mediaItems.batchGet", body = new { mediaItemResults = new[] { new { status = new { code, message = "later" } } } } });

        JournalFinding finding = Assert.Single(await google.FindChangesAsync());

        Assert.IsType(error, finding.Error);
        Assert.False(finding.Apply());
        Assert.Single(google.Client.Journal.Find(new JournalFilter()));
    }

    [Fact]
    public async Task A_listing_that_breaks_off_forgets_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.Client.Sender.SendAllAsync(folder.WritePictures(120));
        google.Clock.Advance(LongEnough);
        await google.FaultAsync(new { kind = "mediaItems.list", after = 1, status = 403, count = 9 });

        await Assert.ThrowsAnyAsync<GPhotosException>(() => google.UpdateAsync());

        Assert.Equal(120, google.Client.Journal.Count());
    }

    [Fact]
    public async Task What_was_sent_anew_meanwhile_is_not_forgotten()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = folder.WritePictures(1);
        List<SendOutcome> sent = await google.Client.Sender.SendAllAsync(paths);
        await google.DeleteAsync(sent[0].Result!.Id!);
        google.Clock.Advance(LongEnough);
        JournalFinding finding = Assert.Single(await google.FindChangesAsync());

        google.Clock.Advance(TimeSpan.FromSeconds(1));
        List<SendOutcome> again = await google.Client.Sender.SendAllAsync(paths, new SendOptions { Force = true });

        Assert.False(finding.Apply());
        Assert.Equal(again[0].Result!.Id, Assert.Single(google.Client.Journal.Find(new JournalFilter())).Id);
    }

    [Fact]
    public async Task What_is_no_media_item_is_not_looked_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.Client.Sender.SendAllAsync([folder.Write("bad.jpg", "no picture")]);
        google.Clock.Advance(LongEnough);
        await google.ResetStatisticsAsync();

        Assert.Empty(await google.UpdateAsync());

        Assert.Equal(JournalState.Refused, Assert.Single(google.Client.Journal.Find(new JournalFilter())).State);
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }
}
