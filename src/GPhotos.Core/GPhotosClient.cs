using GPhotos.Core.Api;
using GPhotos.Core.Downloads;
using GPhotos.Core.Http;
using GPhotos.Core.Uploads;

namespace GPhotos.Core;

/// <summary>A client of Google Photos. Safe to use from many threads; make one per account and keep it.</summary>
/// <remarks>See https://developers.google.com/photos. The Library API shows an app only what that app uploaded.</remarks>
public sealed class GPhotosClient : IDisposable
{
    private readonly HttpPipeline _pipeline;

    /// <summary>Makes a client. Nothing is sent until it is used.</summary>
    public GPhotosClient(GPhotosClientOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Options = options;
        RetryPolicy retry = new(options, notice => Retrying?.Invoke(this, notice));
        _pipeline = new HttpPipeline(options, retry);

        LibraryCaller caller = new(options, _pipeline.Client(HttpClientNames.Library));
        MediaItems = new MediaItems(caller);
        Albums = new Albums(caller, retry, new AccountLane(options, "albums"), new AlbumItems(caller, MediaItems, retry, options.MaxRetries));

        ByteUploads uploads = new(options, caller, _pipeline.Client(HttpClientNames.Uploads));
        AccountLane lane = new(options, "batchCreate");
        Sender = new MediaSender(uploads, new MediaItemCreation(caller, uploads, retry, lane, options.MaxRetries));

        BaseUrls baseUrls = new(MediaItems, options.TimeProvider);
        MediaBytes bytes = new(options, _pipeline.Client(HttpClientNames.Media), baseUrls);
        Saver = new MediaSaver(new MediaDownload(options, bytes, retry), baseUrls);
    }

    /// <summary>Raised before each wait for a repeat, on the thread of the call.</summary>
    public event EventHandler<RetryingEventArgs>? Retrying;

    /// <summary>How this client was set up.</summary>
    public GPhotosClientOptions Options { get; }

    /// <summary>Lists, gets and describes media items.</summary>
    public MediaItems MediaItems { get; }

    /// <summary>Creates, gets, lists and changes albums.</summary>
    public Albums Albums { get; }

    /// <summary>Sends files.</summary>
    public MediaSender Sender { get; }

    /// <summary>Saves media items.</summary>
    public MediaSaver Saver { get; }

    /// <inheritdoc/>
    public void Dispose() => _pipeline.Dispose();
}
