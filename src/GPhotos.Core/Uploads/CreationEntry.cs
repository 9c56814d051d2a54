using GPhotos.Core.Journal;

namespace GPhotos.Core.Uploads;

/// <summary>One content on its way through batchCreate, for one input or for several that turned out to have the same bytes.</summary>
internal sealed class CreationEntry(SendRequest request, UploadedFile file)
{
    private readonly List<SendRequest> _twins = [];

    public SendRequest Request => request;

    /// <summary>The file with its token of this moment.</summary>
    public UploadedFile File { get; private set; } = file;

    public ContentIdentity Identity => File.Identity;

    /// <summary>
    /// Whether a call of which nobody knows the end may have used the token up. Google then refuses it in the words of a bad file.
    /// </summary>
    public bool TokenMayBeSpent { get; set; } = file.MayBeSpent;

    /// <summary>Whether the token was refused, and the bytes must be sent anew.</summary>
    public bool NeedsBytes { get; set; }

    /// <summary>What became of it; null while it is open.</summary>
    public SendOutcome? Outcome { get; private set; }

    /// <summary>What became of all inputs with these bytes.</summary>
    public IEnumerable<SendOutcome> Outcomes => [Outcome!, .. _twins.Select(t => Outcome!.ForTwin(t))];

    /// <summary>Another input with the same bytes, for the same album.</summary>
    public void Add(SendRequest twin) => _twins.Add(twin);

    public void Renew(UploadedFile sentAnew) => (File, TokenMayBeSpent, NeedsBytes) = (sentAnew, false, false);

    public void Done(SendStatus status, string? mediaItemId, MediaItem? item, string? albumId) =>
        Outcome = SendOutcome.Done(request, Identity, status, mediaItemId, item, albumId);

    /// <summary>Nothing came of it that is known.</summary>
    public void Failed(GPhotosException error) => Outcome = new SendOutcome(request, null, error);

    public void Pending() => Outcome = SendOutcome.Pending(request, File.Source.Length);
}
