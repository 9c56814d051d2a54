using GPhotos.Core.Api;
using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>
/// Counts what sending would take, by the same rules that the sender goes by. Reads files only where the journal, or another file of the same
/// length, leaves a doubt who they are. Used by one thread.
/// </summary>
public sealed class Forecaster
{
    private readonly SendJournal _journal;
    private readonly SendOptions _options;

    // Per album: what a batch holds so far, and of which kind.
    private readonly Dictionary<string, (int Waiting, bool IsPlacing)> _batches = new(StringComparer.Ordinal);
    private readonly Dictionary<long, UploadSource?> _firstOfLength = [];
    private readonly HashSet<ContentIdentity> _seen = [];
    private readonly HashSet<string> _albums = new(StringComparer.Ordinal);
    private bool _listsAlbums;
    private int _files;
    private long _bytes;
    private int _known;
    private int _refused;
    private int _addresses;
    private int _calls;

    internal Forecaster(SendJournal journal, SendOptions options) => (_journal, _options) = (journal, options);

    /// <summary>The forecast for all files added so far.</summary>
    public SendForecast Forecast => new()
    {
        Files = _files,
        Bytes = _bytes,
        AlreadyInLibrary = _known,
        Refused = _refused,
        Addresses = _addresses,
        Calls = _calls,
    };

    /// <summary>Counts a file in.</summary>
    public async Task AddAsync(SendRequest request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(request);
        _files++;
        if (request.Address is not null)
        {
            _addresses++;
            Upload(request, 1);
            return;
        }

        UploadSource source;
        ContentIdentity? identity;
        try
        {
            source = request.LookAt();
            identity = await IdentifyAsync(source, cancellationToken).ConfigureAwait(false);
        }
        catch (GPhotosException e) when (e is MediaRejectedException or FileReadFailedException)
        {
            _refused++;
            return;
        }

        ContentRecord? record = _options.Force || identity is null ? null : _journal.Find(identity.Value);
        if (record?.State == JournalState.Refused)
        {
            _refused++;
        }
        else if (record is { State: JournalState.Created, MediaItemId: { } id })
        {
            _known++;
            if (request.AlbumId is null ? request.Album is not null : !_journal.IsPlaced(id, request.AlbumId))
            {
                Wait(request, isPlacing: true);
            }
        }
        else if (identity is { } known && !_seen.Add(known))
        {
            _known++;
        }
        else if (record?.UploadToken is not null)
        {
            Upload(request, 0);
        }
        else
        {
            _bytes += source.Length;
            Upload(request, _options.CallsFor(source.Length));
        }
    }

    /// <summary>Who a file is, as far as that matters: null when it can be none that is known and none of those before it.</summary>
    private async Task<ContentIdentity?> IdentifyAsync(UploadSource source, CancellationToken cancellationToken)
    {
        bool isFirst = _firstOfLength.TryAdd(source.Length, source);
        if (!isFirst && _firstOfLength[source.Length] is { } first)
        {
            // The first of this length was let pass unread; now it matters who it was.
            _firstOfLength[source.Length] = null;
            _seen.Add((await ContentDigest.OfAsync(first, false, cancellationToken).ConfigureAwait(false)).Identity);
        }

        if (_journal.IdentityOf(source.Key, source.Stamp) is { } known)
        {
            return known;
        }

        return !isFirst || _journal.KnowsLength(source.Length)
            ? (await ContentDigest.OfAsync(source, false, cancellationToken).ConfigureAwait(false)).Identity
            : null;
    }

    private void Upload(SendRequest request, int calls)
    {
        _calls += calls;
        Wait(request, isPlacing: false);
    }

    private void Wait(SendRequest request, bool isPlacing)
    {
        string album = request.AlbumId ?? request.Album ?? "";
        if (request is { AlbumId: null, Album: not null } && _albums.Add(album))
        {
            // By title: the albums are listed once, and a missing one is made. By id: it is looked up.
            bool isTitle = !Albums.LooksLikeId(album);
            _calls += 1 + (isTitle && !_listsAlbums ? 1 : 0);
            _listsAlbums |= isTitle;
        }

        (int waiting, bool isPlacingNow) = _batches.GetValueOrDefault(album);
        bool isNew = waiting == 0 || waiting == MediaItemCreation.MaxBatchSize || isPlacingNow != isPlacing;
        // Known media items are looked for before they are put in.
        _calls += isNew ? isPlacing ? 2 : 1 : 0;
        _batches[album] = (isNew ? 1 : waiting + 1, isPlacing);
    }
}
