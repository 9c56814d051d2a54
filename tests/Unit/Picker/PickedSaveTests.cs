using GPhotos.Core;
using GPhotos.Core.Downloads;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Picker;

/// <summary>Saving what was picked: with the bearer, with addresses that end, with sessions that end.</summary>
public sealed class PickedSaveTests
{
    [Fact]
    public async Task Picked_items_are_saved_with_their_bytes_and_a_second_run_downloads_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 60 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        SaveOptions options = new() { Destination = folder.Path };

        List<SaveOutcome> first = await client.Saver.SaveAllAsync(items.ToSave(), options);
        await google.ResetStatisticsAsync();
        List<SaveOutcome> second = await client.Saver.SaveAllAsync(items.ToSave(), options);

        Assert.Equal(60, first.Count(o => o.Result?.Status == SaveStatus.Saved));
        await AssertServedAsync(google, first);
        Assert.Equal(60, second.Count(o => o.Result?.Status == SaveStatus.AlreadySaved));
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task What_was_picked_is_saved_with_the_sign_in_that_picked_it()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 5 });
        using TempFolder folder = new();
        GPhotosClient picker = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(picker);

        // This one has no scope of the Picker's.
        List<SaveOutcome> outcomes = await google.Client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(5, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        await AssertServedAsync(google, outcomes);
    }

    [Fact]
    public async Task What_the_Library_does_not_know_is_no_word_on_what_was_picked()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 5 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(55));

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(
            new[] { new SaveRequest(items[0].Id, null) }.Concat(items.Select(i => new SaveRequest(i.Id, i))).ToAsyncEnumerable(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(5, outcomes.Count(o => o.Result is { Status: SaveStatus.Saved, MediaItem.Source: MediaItemSource.Picker }));
    }

    [Fact]
    public async Task Addresses_that_end_at_once_cost_one_listing_and_not_one_for_each_item()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 250 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(10));
        await google.ExpireBaseUrlsAsync();
        await google.ResetStatisticsAsync();

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(250, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        await AssertServedAsync(google, outcomes);
        // Three pages make one listing.
        Assert.Equal(3, (await google.StatisticsAsync()).Calls("picker.mediaItems.list"));
    }

    [Fact]
    public async Task Addresses_that_end_in_mid_save_are_renewed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 150 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        List<SaveOutcome> outcomes = [];

        await foreach (SaveOutcome outcome in client.Saver.SaveAsync(items.ToSave(), new SaveOptions { Destination = folder.Path, ThrottleLimit = 4 }))
        {
            outcomes.Add(outcome);
            if (outcomes.Count is 20 or 80)
            {
                google.Clock.Advance(TimeSpan.FromMinutes(5));
                await google.ExpireBaseUrlsAsync();
            }
        }

        Assert.Equal(150, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        await AssertServedAsync(google, outcomes);
        // Each end of all addresses costs a listing of two pages, and one more where it came in the middle of the listing.
        Assert.InRange((await google.StatisticsAsync()).Calls("picker.mediaItems.list"), 2 + 4, 2 + 8);
    }

    [Fact]
    public async Task A_listing_of_another_run_is_used_where_it_is_newer()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 40 });
        using TempFolder one = new(), other = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(10));
        await google.ExpireBaseUrlsAsync();
        await google.ResetStatisticsAsync();

        await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = one.Path });
        List<SaveOutcome> second = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = other.Path });

        Assert.Equal(40, second.Count(o => o.Result?.Status == SaveStatus.Saved));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("picker.mediaItems.list"));
    }

    [Fact]
    public async Task A_session_that_is_over_costs_an_error_for_each_item_that_needs_it_and_no_other_door()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 120, Items = 30 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (string session, List<MediaItem> picked) = await google.PickAllAsync(client);
        List<MediaItem> own = await client.MediaItems.AllAsync();
        picked = [.. picked.Where(p => own.All(o => o.FileName != p.FileName))];
        google.Clock.Advance(TimeSpan.FromMinutes(10));
        await google.ExpireBaseUrlsAsync();
        await google.ExpireSessionAsync(session);
        await google.ResetStatisticsAsync();

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(
            picked.Take(60).Concat(own).Concat(picked.Skip(60)).ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(picked.Count + 30, outcomes.Count);
        Assert.Equal(30, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
        Dictionary<string, PickingSessionExpiredException> errors =
            outcomes.Where(o => o.Error is not null).ToDictionary(o => o.Request!.Id, o => Assert.IsType<PickingSessionExpiredException>(o.Error));
        Assert.Equal(picked.Select(p => p.Id).Order(), errors.Keys.Order());
        Assert.All(picked, p => Assert.Contains($"'{p.FileName}'", errors[p.Id].Message, StringComparison.Ordinal));
        Assert.All(errors.Values, e => Assert.Equal(session, e.SessionId));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("picker.mediaItems.list"));
    }

    [Fact]
    public async Task A_session_that_is_over_takes_nothing_from_items_whose_addresses_still_serve()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 80 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (string session, List<MediaItem> items) = await google.PickAllAsync(client);
        await google.FaultAsync(new { kind = "picker.media.get", status = 403, count = 1 });
        await google.ExpireSessionAsync(session);

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.IsType<PickingSessionExpiredException>(Assert.Single(outcomes, o => o.Error is not null).Error);
        Assert.Equal(79, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_ended_is_renewed_however_the_media_server_says_so(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 20, Picker = new PickerOptions { UnsignedMediaStatus = status } });
        using TempFolder folder = new();
        GPhotosClient client = google.NewClient(google.Renewable((await google.IssueAsync(TestPicker.Scopes)).RefreshToken));
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(1));
        await google.ExpireTokensAsync();

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(20, outcomes.Count(o => o.Result?.Status == SaveStatus.Saved));
    }

    [Theory]
    [InlineData(401)]
    [InlineData(403)]
    public async Task A_token_that_cannot_be_renewed_ends_the_run(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 20, Picker = new PickerOptions { UnsignedMediaStatus = status } });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(1));
        await google.ExpireTokensAsync();
        await google.ResetStatisticsAsync();

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.Equal(20, outcomes.Count(o => o.Result?.Status == SaveStatus.Pending));
        Assert.IsType<SignInExpiredException>(Assert.Single(outcomes, o => o.Error is not null).Error);
        Assert.InRange((await google.StatisticsAsync()).Calls("picker.media.get"), 1, 20);
    }

    [Fact]
    public async Task Bytes_that_are_refused_for_good_are_not_asked_for_without_end()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 10 });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromMinutes(1));
        await google.FaultAsync(new { kind = "picker.media.get", status = 403, count = 0 });
        await google.ResetStatisticsAsync();

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = folder.Path });

        Assert.All(outcomes, o => Assert.Equal(403, Assert.IsType<DownloadFailedException>(o.Error).HttpStatus));
        Assert.InRange((await google.StatisticsAsync()).Calls("picker.media.get"), 20, 40);
    }

    [Fact]
    public async Task A_video_that_Google_still_works_on_is_waited_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { TimeProvider = new TestClock() });
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        await google.SeedAsync(new { foreign = true, fileName = "waves.mp4", mimeType = "video/mp4", processingSeconds = 40 });
        await google.SeedAsync(new { foreign = true, fileName = "sea.jpg" });
        (_, List<MediaItem> items) = await google.PickAllAsync(client);
        google.Clock.Advance(TimeSpan.FromSeconds(1));

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = folder.Path, VideoTimeout = TimeSpan.FromMinutes(5) });

        Assert.Equal(["sea.jpg", "waves.mp4"], outcomes.Select(o => o.Result!.MediaItem.FileName).Order());
        Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result!.Status));
        await AssertServedAsync(google, outcomes);
    }

    [Fact]
    public async Task Moving_parts_and_sidecars_are_saved_too()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        GPhotosClient client = await google.NewPickerAsync();
        await google.SeedAsync(new { foreign = true, fileName = "leap.jpg", motion = true, creationTime = "2024-05-06T07:08:09Z" });
        await google.SeedAsync(new { foreign = true, fileName = "stone.jpg" });
        (_, List<MediaItem> items) = await google.PickAllAsync(client);

        List<SaveOutcome> outcomes = await client.Saver.SaveAllAsync(
            items.ToSave(), new SaveOptions { Destination = folder.Path, Motion = true, Sidecar = true });

        Assert.All(outcomes, o => Assert.Equal(SaveStatus.Saved, o.Result!.Status));
        Assert.Equal(["leap.jpg", "leap.jpg.json", "leap.mp4", "stone.jpg", "stone.jpg.json"], folder.Names.Order(StringComparer.Ordinal));
        Assert.Contains("2024-05-06T07:08:09", await File.ReadAllTextAsync(Path.Combine(folder.Path, "leap.jpg.json")), StringComparison.Ordinal);
    }

    private static async Task AssertServedAsync(TestGoogle google, IEnumerable<SaveOutcome> outcomes)
    {
        foreach (SaveResult saved in outcomes.Select(o => o.Result!))
        {
            byte[] served = await google.Http.GetByteArrayAsync(new Uri($"emulator/items/{saved.Id}/served", UriKind.Relative));
            Assert.Equal(served, await File.ReadAllBytesAsync(saved.FullName!));
        }
    }
}
