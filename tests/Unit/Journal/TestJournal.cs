using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Journal;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Journal;

/// <summary>A journal in a folder of its own, with the writer the sender has and the reader the cmdlets have.</summary>
internal sealed class TestJournal : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly Lazy<SendJournal> _writer;

    public TestJournal()
    {
        Options = new GPhotosClientOptions
        {
            Tokens = new FixedTokenSource("token", null),
            ProfileName = "test",
            DataFolder = Path.Combine(_folder.Path, "data"),
            TimeProvider = Clock,
        };
        _writer = new Lazy<SendJournal>(() => JournalFile.Open(Options));
        Entries = new JournalEntries(Options, _writer, mediaItems: null!);
    }

    public TestClock Clock { get; } = new();

    public GPhotosClientOptions Options { get; }

    public SendJournal Writer => _writer.Value;

    public JournalEntries Entries { get; }

    public string DataFolder => Options.DataFolder!;

    public static ContentIdentity Content(int number) => new($"{number:x64}", 1000 + number);

    /// <summary>A content under its names, a second after the one before it.</summary>
    public ContentIdentity See(int number, params string[] paths)
    {
        foreach (string path in paths)
        {
            Clock.Advance(TimeSpan.FromSeconds(1));
            Writer.Seen(Content(number), path, "stamp");
        }

        return Content(number);
    }

    public ContentIdentity Create(int number, string path, string? mediaItemId = null, string? albumId = null)
    {
        See(number, path);
        Writer.Created([(Content(number), mediaItemId ?? $"item-{number}")], albumId);
        return Content(number);
    }

    public List<JournalEntry> Find(JournalFilter? filter = null) => [.. Entries.Find(filter ?? new JournalFilter())];

    public void Dispose()
    {
        if (_writer.IsValueCreated)
        {
            _writer.Value.Dispose();
        }

        _folder.Dispose();
    }
}
