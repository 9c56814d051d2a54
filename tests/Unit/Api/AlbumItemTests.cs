using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Api;

public sealed class AlbumItemTests
{
    private const string AlbumId = FakeLibrary.AlbumId;
    private const string NotAnAlbum = "gone";

    [Fact]
    public async Task Items_are_added_fifty_a_call_in_their_order()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        string[] ids = FakeLibrary.Ids(120);

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, ids);

        Assert.Equal(ids, outcomes.Select(o => o.Id));
        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(ids, library.Album);
        Assert.Equal([50, 50, 20], library.Batches().Select(b => b.Length));
    }

    [Fact]
    public async Task Nothing_to_do_costs_nothing()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        Assert.Empty(await library.Client.Albums.AddItemsAsync(AlbumId, []));
        Assert.Empty(library.Changes);
    }

    [Fact]
    public async Task An_id_that_stands_twice_is_sent_once_and_told_twice()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        string[] ids = [.. FakeLibrary.Ids(60), .. FakeLibrary.Ids(60)];

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, ids);

        Assert.Equal(ids, outcomes.Select(o => o.Id));
        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(FakeLibrary.Ids(60), library.Album);
    }

    [Theory]
    [InlineData(50, 0)]
    [InlineData(50, 49)]
    [InlineData(50, 24)]
    [InlineData(50, 25)]
    [InlineData(50, 3, 4, 40)]
    [InlineData(7, 0, 1, 2, 3, 4, 5, 6)]
    [InlineData(3, 1)]
    [InlineData(2, 1)]
    [InlineData(1, 0)]
    public async Task A_bad_id_fails_alone_and_the_others_are_added_in_order(int count, params int[] bad)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        string[] ids = [.. FakeLibrary.Ids(count).Select((id, i) => bad.Contains(i) ? $"bad{i}" : id)];

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, ids);

        Assert.Equal(ids, outcomes.Select(o => o.Id));
        Assert.Equal(bad.Select(i => $"bad{i}"), outcomes.Where(o => o.Error is not null).Select(o => Assert.IsType<MediaItemNotFoundException>(o.Error).Id));
        Assert.Equal(ids.Where(id => id.StartsWith("item", StringComparison.Ordinal)), library.Album);
        Assert.All(bad, i => Assert.Contains(library.Batches(), b => b is [var alone] && alone == $"bad{i}"));
        Assert.DoesNotContain(outcomes, o => o.EndsTheRun);
        Assert.Empty(library.Clock.Waits);
    }

    [Fact]
    public async Task One_bad_id_of_fifty_costs_few_calls()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        string[] ids = FakeLibrary.Ids(50);
        ids[37] = "bad";

        await library.Client.Albums.AddItemsAsync(AlbumId, ids);

        Assert.InRange(library.Changes.Count, 2, 13);
        Assert.Equal(0, library.Listings);
    }

    [Fact]
    public async Task Items_are_taken_out_and_what_is_not_in_the_album_fails_alone()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(80));

        IReadOnlyList<AlbumItemOutcome> outcomes =
            await library.Client.Albums.RemoveItemsAsync(AlbumId, [.. FakeLibrary.Ids(30), "item900", .. FakeLibrary.Ids(30, 30)]);

        Assert.Equal("item900", Assert.IsType<MediaItemNotFoundException>(Assert.Single(outcomes, o => o.Error is not null).Error).Id);
        Assert.Equal(FakeLibrary.Ids(20, 60), library.Album);
    }

    [Fact]
    public async Task A_lost_reply_to_an_addition_adds_once()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(150, 500));
        library.Script = n => n == 0 ? Mishap.LostReply : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(60));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal([.. FakeLibrary.Ids(150, 500), .. FakeLibrary.Ids(60)], library.Album);
        Assert.Equal(2, library.Changes.Count);
        Assert.Equal(2, library.Listings);
    }

    [Fact]
    public async Task An_addition_that_never_arrived_is_made_and_what_was_in_the_album_before_is_not_added_again()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(3));
        library.Script = n => n == 0 ? Mishap.LostCall : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(6));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(FakeLibrary.Ids(6), library.Album);
        Assert.Equal(FakeLibrary.Ids(3, 3), library.Batches()[1]);
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(500, "")]
    [InlineData(503, "")]
    public async Task An_answer_that_does_not_tell_is_a_lost_one(int status, string body)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 0 ? Mishap.DoneButSays(status, body) : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(6));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(FakeLibrary.Ids(6), library.Album);
        Assert.Single(library.Changes);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_lost_reply_to_a_removal_ends_with_the_items_out_and_no_error(bool applied)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(10));
        library.Script = n => n == 0 ? (applied ? Mishap.LostReply : Mishap.LostCall) : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.RemoveItemsAsync(AlbumId, FakeLibrary.Ids(6));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(FakeLibrary.Ids(4, 6), library.Album);
        Assert.Equal(applied ? 1 : 2, library.Changes.Count);
    }

    [Fact]
    public async Task A_bad_id_is_still_told_after_a_removal_that_never_arrived()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(10));
        library.Script = n => n == 0 ? Mishap.LostCall : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.RemoveItemsAsync(AlbumId, [.. FakeLibrary.Ids(6), "bad"]);

        Assert.Equal("bad", Assert.Single(outcomes, o => o.Error is MediaItemNotFoundException).Id);
        Assert.Equal(FakeLibrary.Ids(4, 6), library.Album);
    }

    [Fact]
    public async Task A_lost_removal_that_comes_through_late_is_no_error()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Album.AddRange(FakeLibrary.Ids(10));
        library.Script = n =>
        {
            if (n == 1)
            {
                // The first call, which the album did not show yet a moment ago.
                library.Album.RemoveAll(FakeLibrary.Ids(6).Contains);
            }

            return n == 0 ? Mishap.LostCall : null;
        };

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.RemoveItemsAsync(AlbumId, FakeLibrary.Ids(6));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(2, library.Changes.Count);
    }

    [Fact]
    public async Task A_server_error_that_stays_fails_each_id_after_six_tries()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = _ => Mishap.Says(503, "The service is currently unavailable.");

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(3));

        Assert.All(outcomes, o => Assert.IsType<ServiceUnavailableException>(o.Error));
        Assert.Equal(6, library.Changes.Count);
        Assert.Equal(5, library.Clock.Waits.Count);
    }

    [Fact]
    public async Task The_last_try_that_did_it_without_saying_so_is_no_error()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 5 ? Mishap.LostReply : Mishap.LostCall;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(3));

        Assert.All(outcomes, o => Assert.Null(o.Error));
        Assert.Equal(FakeLibrary.Ids(3), library.Album);
    }

    [Fact]
    public async Task A_lost_reply_and_an_album_that_cannot_be_looked_at_are_told_as_unknown()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = _ => Mishap.LostReply;
        library.ListingScript = _ => Mishap.Says(403, "The caller does not have permission");

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(3));

        Assert.All(outcomes, o => Assert.Equal(AlbumId, Assert.IsType<OutcomeUnknownException>(o.Error).Id));
        Assert.Single(library.Changes);
    }

    [Fact]
    public async Task A_line_that_was_never_there_is_no_lost_reply()
    {
        GPhotos.Core.GPhotosClient client;
        IReadOnlyList<AlbumItemOutcome> outcomes;
        await using (FakeLibrary library = await FakeLibrary.StartAsync())
        {
            client = new(new() { Endpoints = GPhotos.Core.GPhotosEndpoints.At(library.Address), Tokens = new FixedTokenSource("t", null), TimeProvider = library.Clock, AnswerTimeout = TestClock.AttemptLimit });
        }

        using (client)
        {
            outcomes = await client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(3));
        }

        Assert.All(outcomes, o => Assert.IsType<ConnectionFailedException>(o.Error));
    }

    [Fact]
    public async Task An_album_that_is_gone_ends_the_run_and_halves_nothing()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(NotAnAlbum, FakeLibrary.Ids(120));

        Assert.Equal(120, outcomes.Count);
        Assert.All(outcomes, o => Assert.Equal(NotAnAlbum, Assert.IsType<AlbumNotFoundException>(o.Error).Album));
        Assert.All(outcomes, o => Assert.True(o.EndsTheRun));
        Assert.Single(library.Changes);
    }

    [Fact]
    public async Task An_album_of_another_app_ends_the_run_and_halves_nothing()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = _ => Mishap.Says(400, "No permission to add media items to this album.");

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(120));

        Assert.All(outcomes, o => Assert.Equal(AlbumId, Assert.IsType<NotCreatedByThisAppException>(o.Error).Id));
        Assert.Single(library.Changes);
    }

    [Theory]
    [InlineData("The album has reached its maximum number of media items.")]
    [InlineData("An album can hold at most 20000 media items.")]
    [InlineData("This album is full.")]
    public async Task A_full_album_is_told_in_Googles_words_and_ends_it(string words)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 1 ? Mishap.Says(400, words) : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(120));

        Assert.All(outcomes.Skip(50), o => Assert.Contains(words, Assert.IsType<AlbumFullException>(o.Error).Message, StringComparison.Ordinal));
        Assert.All(outcomes.Take(50), o => Assert.Null(o.Error));
        Assert.Equal(2, library.Changes.Count);
    }

    [Fact]
    public async Task A_refusal_that_says_nothing_of_ids_halves_nothing()
    {
        const string words = "Too many media items.";
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 1 ? Mishap.Says(400, words) : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(120));

        Assert.All(outcomes.Skip(50).Take(50), o => Assert.Contains(words, Assert.IsType<InvalidRequestException>(o.Error).Message, StringComparison.Ordinal));
        Assert.All(outcomes.Take(50).Concat(outcomes.Skip(100)), o => Assert.Null(o.Error));
        Assert.Equal(3, library.Changes.Count);
    }

    [Fact]
    public async Task An_album_that_the_emulator_calls_full_halves_nothing()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new GPhotos.Emulator.EmulatorOptions { AlbumCapacity = 3 });
        Album album = await google.Client.Albums.CreateAsync("Small");
        string[] ids = await google.SeedAsync(new { count = 5 });

        IReadOnlyList<AlbumItemOutcome> outcomes = await google.Client.Albums.AddItemsAsync(album.Id, ids);

        Assert.All(outcomes, o => Assert.IsType<AlbumFullException>(o.Error));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("albums.batchAddMediaItems"));
    }

    [Fact]
    public async Task What_was_added_before_the_day_was_spent_stays_reported_as_added()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 1 ? Mishap.Says(429, "Quota exceeded for quota metric 'All requests' and limit 'All requests per day'.") : null;

        IReadOnlyList<AlbumItemOutcome> outcomes = await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(120));

        Assert.All(outcomes.Take(50), o => Assert.Null(o.Error));
        Assert.All(outcomes.Skip(50), o => Assert.IsType<QuotaExceededException>(o.Error));
        Assert.Equal(2, library.Changes.Count);
    }

    [Fact]
    public async Task A_spent_minute_is_waited_for()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        library.Script = n => n == 0 ? Mishap.Says(429, "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'.") : null;

        Assert.All(await library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(3)), o => Assert.Null(o.Error));
        Assert.True(Assert.Single(library.Clock.Waits) >= TimeSpan.FromSeconds(30));
        Assert.Equal(0, library.Listings);
    }

    [Theory]
    [InlineData(GPhotosScopes.AppendOnly)]
    [InlineData(GPhotosScopes.EditAppCreatedData)]
    public async Task Either_of_two_scopes_is_enough_to_add(string scope)
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();

        Assert.Null(Assert.Single(await library.NewClient(scope).Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(1))).Error);
    }

    [Fact]
    public async Task A_missing_scope_costs_no_call()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        Core.GPhotosClient client = library.NewClient(GPhotosScopes.ReadAppCreatedData), adder = library.NewClient(GPhotosScopes.AppendOnly);

        Assert.IsType<ScopeMissingException>(Assert.Single(await client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(1))).Error);
        ScopeMissingException error = Assert.IsType<ScopeMissingException>(Assert.Single(await adder.Albums.RemoveItemsAsync(AlbumId, FakeLibrary.Ids(1))).Error);

        Assert.Equal([GPhotosScopes.EditAppCreatedData], error.Scopes);
        Assert.Empty(library.Changes);
    }

    [Fact]
    public async Task Cancelling_ends_it()
    {
        await using FakeLibrary library = await FakeLibrary.StartAsync();
        using CancellationTokenSource stop = new();
        library.Script = n =>
        {
            stop.Cancel();
            return Mishap.LostReply;
        };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => library.Client.Albums.AddItemsAsync(AlbumId, FakeLibrary.Ids(120), stop.Token));
        Assert.Single(library.Changes);
    }
}
