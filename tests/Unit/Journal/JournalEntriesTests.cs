using System.Text.Json;
using GPhotos.Core.Journal;

namespace GPhotos.Tests.Journal;

public sealed class JournalEntriesTests
{
    private const string Canary = "canary-4711";

    [Fact]
    public void A_journal_that_is_not_there_is_empty_and_is_not_made_to_be_read()
    {
        using TestJournal journal = new();

        Assert.Empty(journal.Find());
        Assert.Equal(0, journal.Entries.Count());
        Assert.False(journal.Entries.Forget(TestJournal.Content(1).Sha256, 1001));
        Assert.Equal(0, journal.Entries.ForgetAll());

        Assert.False(Directory.Exists(journal.DataFolder));
    }

    [Fact]
    public void A_journal_that_an_earlier_process_left_is_read()
    {
        using TestJournal journal = new();
        using (SendJournal earlier = JournalFile.Open(journal.Options))
        {
            earlier.Seen(TestJournal.Content(1), "/photos/a.jpg", "stamp");
        }

        Assert.Equal("/photos/a.jpg", Assert.Single(journal.Find()).FullName);
    }

    [Fact]
    public void An_entry_tells_all_that_is_known_and_those_that_changed_last_come_first()
    {
        using TestJournal journal = new();
        ContentIdentity created = journal.Create(1, "/photos/a.jpg", "item-1", "album-2");
        journal.Writer.Placed(["item-1"], "album-1");
        journal.See(1, "/photos/b.jpg");
        ContentIdentity refused = journal.See(2, "/photos/bad.jpg");
        journal.Writer.Refused(refused, 3, "no picture");
        ContentIdentity uploading = journal.See(3, "/photos/clip.mp4");
        journal.Writer.Began(uploading, new SessionRecord(new Uri("https://example.invalid/session"), 1));
        journal.Writer.Received(uploading, 262_144);
        ContentIdentity uploaded = journal.See(4, "/photos/up.jpg");
        journal.Writer.Uploaded(uploaded, "token");
        journal.See(5, "/photos/new.jpg");

        List<JournalEntry> entries = journal.Find();

        Assert.Equal(
            [JournalState.Hashed, JournalState.Uploaded, JournalState.Uploading, JournalState.Refused, JournalState.Created], entries.Select(e => e.State));
        Assert.Equal((262_144L, "no picture"), (entries[2].BytesReceived, entries[3].Refusal));
        JournalEntry one = entries[4];
        Assert.Equal((created.Sha256, created.Length, "item-1", "/photos/b.jpg"), (one.Sha256, one.Length, one.Id, one.FullName));
        Assert.Equal(["/photos/b.jpg", "/photos/a.jpg"], one.Paths);
        Assert.Equal(["album-1", "album-2"], one.AlbumIds);
        Assert.Equal(TimeSpan.Zero, one.ChangedAt.Offset);
        Assert.True(one.ChangedAt < entries[3].ChangedAt);
        Assert.All(entries.Take(2).Concat(entries.Skip(3)), e => Assert.Null(e.BytesReceived));
    }

    [Fact]
    public void No_secret_of_the_journal_is_in_an_entry()
    {
        using TestJournal journal = new();
        journal.Writer.Began(journal.See(1, "a"), new SessionRecord(new Uri("https://example.invalid/" + Canary), 1));
        journal.Writer.Uploaded(journal.See(2, "b"), Canary);

        List<JournalEntry> entries = journal.Find();

        Assert.Equal(2, entries.Count);
        Assert.DoesNotContain(Canary, JsonSerializer.Serialize(entries), StringComparison.Ordinal);
    }

    [Fact]
    public void A_session_or_token_past_its_life_leaves_a_content_of_which_only_the_identity_is_known()
    {
        using TestJournal journal = new();
        journal.Writer.Began(journal.See(1, "a"), new SessionRecord(new Uri("https://example.invalid/"), 1));
        journal.Writer.Uploaded(journal.See(2, "b"), "token");
        JournalFilter known = new() { States = [JournalState.Hashed] };

        Assert.Empty(journal.Find(known));
        journal.Clock.Advance(SendJournal.TokenLife);
        Assert.Equal("b", Assert.Single(journal.Find(known)).FullName);
        journal.Clock.Advance(SendJournal.SessionLife);
        Assert.Equal(["b", "a"], journal.Find(known).Select(e => e.FullName));
        Assert.All(journal.Find(), e => Assert.Null(e.BytesReceived));
    }

    [Fact]
    public void Filters_choose_and_all_of_them_must_hold()
    {
        using TestJournal journal = new();
        journal.Create(1, "/p/one.jpg");
        journal.Create(2, "/p/two.jpg");
        DateTimeOffset between = journal.Clock.GetUtcNow() + TimeSpan.FromMilliseconds(1);
        journal.See(2, "/q/two.jpg");
        journal.See(3, "/p/three.jpg");

        Assert.Equal("/p/one.jpg", Only(new JournalFilter { Path = "/p/one.jpg" }));
        Assert.Equal("/p/two.jpg", Only(new JournalFilter { Path = "/p/two.jpg" }));
        Assert.Empty(journal.Find(new JournalFilter { Path = "/p/%.jpg" }));
        Assert.Empty(journal.Find(new JournalFilter { Path = "/p/*.jpg" }));
        Assert.Equal(["/p/three.jpg", "/p/two.jpg", "/p/one.jpg"], Names(new JournalFilter { PathMatches = p => p.StartsWith("/p/", StringComparison.Ordinal) }));
        Assert.Equal("/p/three.jpg", Only(new JournalFilter { States = [JournalState.Hashed, JournalState.Refused] }));
        Assert.Equal("/p/one.jpg", Only(new JournalFilter { Sha256 = TestJournal.Content(1).Sha256.ToUpperInvariant() }));
        Assert.Equal("/q/two.jpg", Only(new JournalFilter { Length = 1002 }));
        Assert.Equal(["/q/two.jpg", "/p/one.jpg"], Names(new JournalFilter { MediaItemIds = ["item-1", "item-2", "item-9", "x' OR 1=1"] }));
        Assert.Equal("/p/three.jpg", Only(new JournalFilter { ChangedSince = between }));
        Assert.Empty(journal.Find(new JournalFilter { Path = "/p/one.jpg", States = [JournalState.Hashed] }));
        Assert.Empty(journal.Find(new JournalFilter { States = [] }));

        string? Only(JournalFilter filter) => Assert.Single(journal.Find(filter)).FullName;
        IEnumerable<string?> Names(JournalFilter filter) => journal.Find(filter).Select(e => e.FullName);
    }

    [Fact]
    public void A_long_journal_comes_by_pages_each_entry_once_also_when_they_changed_at_the_same_moment_or_are_forgotten_on_the_way()
    {
        using TestJournal journal = new();
        for (int i = 0; i < 1201; i++)
        {
            journal.Writer.Seen(TestJournal.Content(i), $"/p/{i}.jpg", "stamp");
        }

        int largest = 0;
        HashSet<string> seen = [];
        foreach (IReadOnlyList<JournalEntry> page in journal.Entries.FindPages(new JournalFilter()))
        {
            largest = Math.Max(largest, page.Count);
            foreach (JournalEntry entry in page)
            {
                Assert.True(seen.Add(entry.Sha256), $"{entry} came twice.");
                Assert.Single(entry.Paths);
                Assert.True(journal.Entries.Forget(entry.Sha256, entry.Length));
            }
        }

        Assert.Equal((1201, 500), (seen.Count, largest));
        Assert.Equal(0, journal.Entries.Count());
    }

    [Fact]
    public void Forgetting_takes_the_paths_along_and_nothing_that_was_not_named()
    {
        using TestJournal journal = new();
        ContentIdentity one = journal.Create(1, "/p/one.jpg", "item-1", "album");
        journal.See(1, "/p/copy.jpg");
        journal.Create(2, "/p/two.jpg", "item-2", "album");

        Assert.False(journal.Entries.Forget(one.Sha256, one.Length + 1));
        Assert.True(journal.Entries.Forget(one.Sha256.ToUpperInvariant(), one.Length));
        Assert.False(journal.Entries.Forget(one.Sha256, one.Length));

        Assert.Null(journal.Writer.IdentityOf("/p/one.jpg", "stamp"));
        Assert.Null(journal.Writer.IdentityOf("/p/copy.jpg", "stamp"));
        Assert.False(journal.Writer.IsPlaced("item-1", "album"));
        Assert.NotNull(journal.Writer.IdentityOf("/p/two.jpg", "stamp"));
        Assert.True(journal.Writer.IsPlaced("item-2", "album"));
        Assert.Equal("/p/two.jpg", Assert.Single(journal.Find()).FullName);
    }

    [Fact]
    public void The_albums_of_a_media_item_are_known_as_long_as_a_content_has_it()
    {
        using TestJournal journal = new();
        ContentIdentity one = journal.Create(1, "/p/one.jpg", "same", "album");
        ContentIdentity two = journal.Create(2, "/p/two.jpg", "same");

        journal.Entries.Forget(one.Sha256, one.Length);
        Assert.True(journal.Writer.IsPlaced("same", "album"));
        journal.Entries.Forget(two.Sha256, two.Length);
        Assert.False(journal.Writer.IsPlaced("same", "album"));
    }

    [Fact]
    public void Forgetting_all_leaves_the_albums_that_were_made()
    {
        using TestJournal journal = new();
        journal.Create(1, "/p/one.jpg", "item-1", "album");
        journal.See(2, "/p/two.jpg");
        journal.Writer.AlbumMade(new Album { Id = "album", Title = "Trip" });

        Assert.Equal(2, journal.Entries.ForgetAll());

        Assert.Empty(journal.Find());
        Assert.False(journal.Writer.IsPlaced("item-1", "album"));
        Assert.Single(journal.Writer.AlbumsMadeSince(DateTimeOffset.MinValue));
    }
}
