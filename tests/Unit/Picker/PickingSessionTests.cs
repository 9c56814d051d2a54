using System.Globalization;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Picker;
using GPhotos.Emulator;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Picker;

public sealed class PickingSessionTests
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task What_was_picked_comes_through_every_page()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { ForeignItems = 250, EmptyPages = true });
        GPhotosClient client = await google.NewPickerAsync();

        (string id, List<MediaItem> items) = await google.PickAllAsync(client);

        Assert.Equal(250, items.Select(i => i.Id).Distinct().Count());
        Assert.Equal(250, items.Count);
        Assert.All(items, i => Assert.Equal((MediaItemSource.Picker, i.FileName.Length > 0, i.CreationTime != default), (i.Source, true, true)));
        Assert.True((await google.StatisticsAsync()).Calls("picker.mediaItems.list") >= 3);
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("mediaItems.list"));
        await client.Picker.DeleteAsync(id);
        Assert.Equal(0, await google.OpenSessionsAsync());
    }

    [Fact]
    public async Task Items_hold_what_the_wire_holds()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions());
        await google.SeedAsync(new { foreign = true, fileName = "sea.jpg", creationTime = "2024-05-06T07:08:09Z" });
        await google.SeedAsync(new { foreign = true, fileName = "waves.mp4", mimeType = "video/mp4", processingSeconds = 3600 });

        (_, List<MediaItem> items) = await google.PickAllAsync(await google.NewPickerAsync());

        MediaItem photo = Assert.Single(items, i => i.MediaType == MediaType.Photo), video = Assert.Single(items, i => i.MediaType == MediaType.Video);
        Assert.Equal(("sea.jpg", "image/jpeg", null), (photo.FileName, photo.MimeType, photo.VideoStatus));
        Assert.Equal(DateTimeOffset.Parse("2024-05-06T07:08:09Z", CultureInfo.InvariantCulture), photo.CreationTime);
        Assert.Equal(("waves.mp4", VideoStatus.Processing), (video.FileName, video.VideoStatus));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task The_camera_is_found_in_both_places(bool inPhotoMetadata)
    {
        await using TestGoogle google = await TestGoogle.StartAsync(
            new EmulatorOptions { ForeignItems = 20, Picker = new PickerOptions { CameraInPhotoMetadata = inPhotoMetadata } });

        (_, List<MediaItem> items) = await google.PickAllAsync(await google.NewPickerAsync());

        Assert.Contains(items, i => i is { CameraMake.Length: > 0, CameraModel.Length: > 0 });
    }

    [Fact]
    public async Task Waiting_looks_as_often_as_Google_asks_and_ends_with_Done()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { PollInterval = TimeSpan.FromSeconds(3.5), Timeout = TimeSpan.FromSeconds(600) }));
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync(10);
        List<TimeSpan> left = [];

        PickingSession picked = await client.Picker.WaitUntilPickedAsync(session, null, l =>
        {
            left.Add(l);
            if (left.Count == 3)
            {
                google.PickAsync(session.Id, new { first = 2 }).GetAwaiter().GetResult();
            }
        });

        Assert.True(picked.MediaItemsSet);
        Assert.Equal([3.5, 3.5, 3.5], google.Clock.Waits.Select(w => w.TotalSeconds));
        Assert.Equal(600, left[0].TotalSeconds, 1.0);
        Assert.True(left[2] < left[0]);
        Assert.Equal(2, (await client.Picker.ListAsync(session.Id).ToListAsync()).Count);
    }

    [Fact]
    public async Task Waiting_ends_when_Google_says_that_it_is_over()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { PollInterval = TimeSpan.FromSeconds(10), Timeout = TimeSpan.FromSeconds(35) }));
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync();

        PickingTimedOutException error = await Assert.ThrowsAsync<PickingTimedOutException>(() => client.Picker.WaitUntilPickedAsync(session));

        Assert.Equal(session.Id, error.SessionId);
        Assert.Equal(35, google.Clock.Waits.Sum(w => w.TotalSeconds), 0.5);
    }

    [Fact]
    public async Task Waiting_ends_at_the_callers_time_where_that_is_sooner()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { PollInterval = TimeSpan.FromSeconds(10) }));
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync();

        await Assert.ThrowsAsync<PickingTimedOutException>(() => client.Picker.WaitUntilPickedAsync(session, TimeSpan.FromSeconds(25)));

        Assert.Equal([10, 10, 5], google.Clock.Waits.Select(w => Math.Round(w.TotalSeconds)));
    }

    [Fact]
    public async Task A_line_that_is_down_for_a_while_does_not_end_the_wait()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { PollInterval = TimeSpan.FromSeconds(3), Timeout = TimeSpan.FromHours(2) }));
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync();
        await google.PickAsync(session.Id, new { first = 1 });
        // Six tries each: two looks fail for good.
        await google.FaultAsync(new { kind = "picker.sessions.get", status = 503, count = 12 });

        Assert.True((await client.Picker.WaitUntilPickedAsync(session)).MediaItemsSet);

        Assert.Equal(13, (await google.StatisticsAsync()).Calls("picker.sessions.get"));
    }

    [Fact]
    public async Task A_session_that_ends_while_it_is_waited_for_says_so()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync();
        await google.ExpireSessionAsync(session.Id);

        PickingSessionExpiredException error = await Assert.ThrowsAsync<PickingSessionExpiredException>(() => client.Picker.WaitUntilPickedAsync(session));

        Assert.Equal((session.Id, 404), (error.SessionId, error.HttpStatus));
        await Assert.ThrowsAsync<PickingSessionExpiredException>(async () => await client.Picker.ListAsync(session.Id).ToListAsync());
    }

    [Fact]
    public async Task Listing_before_Done_is_refused()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        PickingSession session = await client.Picker.CreateAsync();

        await Assert.ThrowsAsync<InvalidRequestException>(async () => await client.Picker.ListAsync(session.Id).ToListAsync());
    }

    [Fact]
    public async Task Deleting_what_is_deleted_is_no_error()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        string id = (await client.Picker.CreateAsync()).Id;

        await client.Picker.DeleteAsync(id);
        await client.Picker.DeleteAsync(id);

        Assert.Equal(0, await google.OpenSessionsAsync());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2001)]
    public async Task A_count_that_Google_would_refuse_is_refused_before_a_call(int count)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();

        await Assert.ThrowsAsync<InvalidRequestException>(() => client.Picker.CreateAsync(count));

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("picker.sessions.create"));
    }

    [Fact]
    public async Task Too_many_sessions_are_told_at_once_and_not_waited_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { SessionLimit = 1 }));
        GPhotosClient client = await google.NewPickerAsync();
        await client.Picker.CreateAsync();

        PickingSessionLimitReachedException error = await Assert.ThrowsAsync<PickingSessionLimitReachedException>(() => client.Picker.CreateAsync());

        Assert.Equal(429, error.HttpStatus);
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task A_rate_that_is_spent_is_waited_for()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        await google.FaultAsync(new { kind = "picker.sessions.create", quota = "pickerPerMinute" });

        PickingSession session = await client.Picker.CreateAsync();

        Assert.False(session.MediaItemsSet);
        Assert.InRange(Assert.Single(google.Clock.Waits).TotalSeconds, 30, 45);
    }

    [Fact]
    public async Task A_user_without_an_active_account_is_told_so()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(Options(new PickerOptions { InactiveUsers = ["user"] }));
        GPhotosClient client = await google.NewPickerAsync();

        PermissionDeniedException error = await Assert.ThrowsAsync<PermissionDeniedException>(() => client.Picker.CreateAsync());

        Assert.Contains("active Google Photos account", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_opens_no_second_session()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        await google.FaultAsync(new { kind = "picker.sessions.create", applyThenFail = true });

        PickingSession session = await client.Picker.CreateAsync();

        Assert.Equal(1, await google.OpenSessionsAsync());
        await client.Picker.DeleteAsync(session.Id);
        Assert.Equal(0, await google.OpenSessionsAsync());
    }

    [Fact]
    public async Task A_creation_that_is_cancelled_on_its_way_leaves_no_session()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        google.Clock.Holds = wait => wait == Grace;
        await google.FaultAsync(new { kind = "picker.sessions.create", latencyMs = 500 });
        using CancellationTokenSource cancel = new();

        Task<PickingSession> creation = client.Picker.CreateAsync(cancellationToken: cancel.Token);
        await google.UntilAsync(s => s.InFlight > 0);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 1), (statistics.Calls("picker.sessions.create"), statistics.Calls("picker.sessions.delete")));
        Assert.Equal(0, await google.OpenSessionsAsync());
    }

    [Fact]
    public async Task A_creation_that_hangs_is_given_up_when_its_grace_is_over()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = await google.NewPickerAsync();
        await google.FaultAsync(new { kind = "picker.sessions.create", hang = true });
        using CancellationTokenSource cancel = new();

        Task<PickingSession> creation = client.Picker.CreateAsync(cancellationToken: cancel.Token);
        await google.UntilAsync(s => s.InFlight > 0);
        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation);
        await google.ClearFaultsAsync();
    }

    [Fact]
    public async Task A_sign_in_without_the_scope_spends_no_call()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        GPhotosClient client = google.NewClient(
            new FixedTokenSource((await google.IssueAsync()).AccessToken, null), scopes: GPhotosScopes.Library);

        ScopeMissingException error = await Assert.ThrowsAsync<ScopeMissingException>(() => client.Picker.CreateAsync());

        Assert.Equal([GPhotosScopes.ReadPickedMediaItems], error.Scopes);
        Assert.Equal(0, (await google.StatisticsAsync()).Calls("picker.sessions.create"));
    }

    [Fact]
    public async Task A_token_that_lacks_the_scope_is_told_as_that()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        ScopeMissingException error = await Assert.ThrowsAsync<ScopeMissingException>(() => google.Client.Picker.CreateAsync());

        Assert.Equal([GPhotosScopes.ReadPickedMediaItems], error.Scopes);
    }

    // The clocks agree: the time that is left is the server's.
    private static EmulatorOptions Options(PickerOptions picker) => new() { ForeignItems = 5, TimeProvider = new TestClock(), Picker = picker };
}
