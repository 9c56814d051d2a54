using GPhotos.Core.Api;
using GPhotos.Core.Comparison;
using GPhotos.Core.Data;
using GPhotos.Core.Destinations;
using GPhotos.Core.Downloads;
using GPhotos.Core.Gallery;
using GPhotos.Core.Http;
using GPhotos.Core.Journal;
using GPhotos.Core.Picker;
using GPhotos.Core.Quota;
using GPhotos.Core.Uploads;

namespace GPhotos.Core;

/// <summary>A client of Google Photos. Safe to use from many threads; make one per account and keep it.</summary>
/// <remarks>See https://developers.google.com/photos. The Library API shows an app only what that app uploaded.</remarks>
public sealed class GPhotosClient : IDisposable
{
    private readonly HttpPipeline _pipeline;
    private readonly Lazy<SendJournal> _journal;
    private readonly CallLedger _ledger;

    /// <summary>Makes a client. Nothing is sent until it is used.</summary>
    public GPhotosClient(GPhotosClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        RetryPolicy retry = new(options, notice => Retrying?.Invoke(this, notice));
        _ledger = new CallLedger(options);
        _pipeline = new HttpPipeline(options, retry, _ledger);
        Quota = new QuotaReport(_ledger);

        LibraryCaller caller = new(options, _pipeline.Client(HttpClientNames.Library), new WriteLane(options, _ledger, retry));
        MediaItems = new MediaItems(caller);
        _journal = new Lazy<SendJournal>(() => JournalFile.Open(options), LazyThreadSafetyMode.PublicationOnly);
        Albums = new Albums(caller, retry, new AlbumItems(caller, MediaItems, retry, options.MaxRetries), _journal);

        Picker = new PickingSessions(
            options, new JsonCaller(options, _pipeline.Client(HttpClientNames.Picker), options.Endpoints.Picker), _pipeline.Client(HttpClientNames.PickedMedia));
        WebSources web = new(new WebRequests(_pipeline.Client(HttpClientNames.Web)), retry, options);
        Journal = new JournalEntries(options, _journal, MediaItems);
        Sender = new MediaSender(options, caller, retry, MediaItems, Albums, NewDirectory, _pipeline.Client(HttpClientNames.Uploads), web, _journal);

        MediaBytes bytes = new(options, _pipeline.Client(HttpClientNames.Media));
        Gallery = new GalleryWriter(options, MediaItems, bytes, retry);
        Saver = new MediaSaver(
            options,
            MediaItems,
            bytes,
            retry,
            new DestinationOpener(options, _pipeline.Client(HttpClientNames.Storage), retry));
        Comparer = new MediaComparer(Journal, Saver);
    }

    /// <summary>Raised before each wait for a repeat, on the thread of the call.</summary>
    public event EventHandler<RetryingEventArgs>? Retrying;

    /// <summary>How this client was set up.</summary>
    public GPhotosClientOptions Options { get; }

    /// <summary>Lists, gets and describes media items.</summary>
    public MediaItems MediaItems { get; }

    /// <summary>Creates, gets, lists and changes albums.</summary>
    public Albums Albums { get; }

    /// <summary>Lets a person pick in the browser, and lists what was picked.</summary>
    public PickingSessions Picker { get; }

    /// <summary>Sends files.</summary>
    public MediaSender Sender { get; }

    /// <summary>Shows and forgets what is known of files that were sent.</summary>
    public JournalEntries Journal { get; }

    /// <summary>Saves media items.</summary>
    public MediaSaver Saver { get; }

    /// <summary>Compares local files with media items.</summary>
    public MediaComparer Comparer { get; }

    /// <summary>Makes pages that show media items.</summary>
    public GalleryWriter Gallery { get; }

    /// <summary>What is spent of Google's daily quota, as far as this machine knows.</summary>
    public QuotaReport Quota { get; }

    /// <summary>Finds the album, or makes it when no album has the title: once, also when another process of this machine wants it too.</summary>
    /// <exception cref="AlbumNotFoundException">It looks like an id, and no album has it: a title like that is nobody's wish.</exception>
    /// <exception cref="AlbumTitleAmbiguousException">Several bear the title.</exception>
    public Task<Album> FindOrCreateAlbumAsync(string idOrTitle, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(idOrTitle);
        return NewDirectory().FindOrCreateAsync(idOrTitle, cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _pipeline.Dispose();
        if (_journal.IsValueCreated)
        {
            _journal.Value.Dispose();
        }

        _ledger.Dispose();
    }

    private AlbumDirectory NewDirectory() => new(
        Albums, _journal.Value, new MachineLock(Options.DataFolder, $"albums {Options.Endpoints.Root} {Options.Account}"));
}
