using GPhotos.Core.Media;
using GPhotos.Core.Uploads;

namespace GPhotos.Core.Journal;

/// <summary>Local files and the media items of their names. Decides which item is unmistakably which file's.</summary>
internal sealed class LocalMatches(SendJournal? journal)
{
    private readonly Dictionary<string, Name> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether there is a file that the journal does not know.</summary>
    public bool HasUnknown { get; private set; }

    /// <summary>The names that an unknown file and a media item have in common.</summary>
    public IEnumerable<Name> Names => _names.Values.Where(n => n.HasUnknown && n.Items.Count > 0);

    /// <summary>Takes a local file. Why it cannot be looked at, or null; what Google would not take is passed over.</summary>
    public GPhotosException? Add(LocalFile file)
    {
        if (file.Error is not null)
        {
            return file.Error;
        }

        FileSource source;
        try
        {
            source = FileSource.At(file.Path);
        }
        catch (FileReadFailedException e)
        {
            return e;
        }
        catch (MediaRejectedException)
        {
            return null;
        }

        if (!_names.TryGetValue(source.FileName, out Name? name))
        {
            _names.Add(source.FileName, name = new Name(journal));
        }

        bool isKnown = journal?.IdentityOf(source.Name, source.Stamp) is { } identity && IsKnown(journal.Find(identity));
        HasUnknown |= name.Add(source, isKnown);
        return null;
    }

    /// <summary>Takes a media item of the account, if a file bears its name.</summary>
    public void Add(MediaItem item)
    {
        if (_names.TryGetValue(item.FileName, out Name? name))
        {
            name.Items.Add(item);
        }
    }

    /// <summary>Whether more is known of a content than who it is: it was sent, refused, or is on its way.</summary>
    public static bool IsKnown(ContentRecord? record) => record switch
    {
        null => false,
        { MediaItemId: not null } => true,
        { State: JournalState.Hashed } => false,
        { State: JournalState.Uploading } => record.Session is not null,
        { State: JournalState.Uploaded } => record.UploadToken is not null,
        _ => true,
    };

    /// <summary>One file name, with whatever bears it here and there.</summary>
    internal sealed class Name(SendJournal? journal)
    {
        private readonly Dictionary<string, Local> _files = new(StringComparer.Ordinal);
        private bool _isDoubtful;

        public List<MediaItem> Items { get; } = [];

        public bool HasUnknown { get; private set; }

        /// <summary>Takes a file, once. Whether the journal does not know it.</summary>
        public bool Add(FileSource source, bool isKnown)
        {
            if (_files.TryAdd(source.Name, new Local(source, isKnown)))
            {
                HasUnknown |= !isKnown;
            }

            return !isKnown;
        }

        /// <summary>Looks into the files. A file that cannot be read could be the one: then nothing of this name is unmistakable.</summary>
        /// <returns>How many files were looked into.</returns>
        public int ReadFacts(Action<GPhotosException, string> failed)
        {
            foreach (Local file in _files.Values)
            {
                try
                {
                    file.Facts = MediaFacts.Read(file.Source.Name);
                }
                catch (FileReadFailedException e)
                {
                    _isDoubtful = true;
                    failed(e, file.Source.Name);
                }
            }

            return _files.Count;
        }

        /// <summary>
        /// The items that no other media item could be taken for, with the files that no other item could be: all of them unknown to the journal. It
        /// remains to be seen whether these files are one content.
        /// </summary>
        public IEnumerable<(MediaItem Item, IReadOnlyList<FileSource> Sources)> Matches()
        {
            if (_isDoubtful)
            {
                yield break;
            }

            Dictionary<MediaItem, List<Local>> claims = Items.ToDictionary(i => i, i => _files.Values.Where(f => f.CanBe(i)).ToList());
            foreach ((MediaItem item, List<Local> files) in claims)
            {
                if (files.Count > 0
                    && files.TrueForAll(f => !f.IsKnown && Items.Count(f.CanBe) == 1)
                    && journal?.Queries.HasMediaItem(item.Id) != true)
                {
                    yield return (item, [.. files.Select(f => f.Source)]);
                }
            }
        }
    }

    private sealed record Local(FileSource Source, bool IsKnown)
    {
        public MediaFacts Facts { get; set; } = MediaFacts.None;

        public bool CanBe(MediaItem item) => Facts.Captured is { } time && time.CanBe(item.CreationTime) && Facts.HasSize(item.Width, item.Height);
    }
}
