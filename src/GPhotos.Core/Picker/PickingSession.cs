namespace GPhotos.Core.Picker;

/// <summary>A session in which a person picks photos and videos in the browser.</summary>
/// <remarks>See https://developers.google.com/photos/picker/reference/rest/v1/sessions.</remarks>
public sealed record PickingSession
{
    private const string AutoClosePath = "/autoclose";

    /// <summary>The id. Whoever signs in with the same account and project can go on with the session by it.</summary>
    public required string Id { get; init; }

    /// <summary>The page to pick on. It must be opened with the account that is signed in here, and takes no second visit after Done.</summary>
    public required Uri PickerUri { get; init; }

    /// <summary>The same page, made to close by itself after Done. For a browser on this machine only.</summary>
    public Uri AutoClosingUri => new(PickerUri.AbsoluteUri + AutoClosePath);

    /// <summary>When Google ends the session, in UTC; null where it does not say.</summary>
    public DateTimeOffset? ExpireTime { get; init; }

    /// <summary>Whether the person is done, so that what was picked can be listed.</summary>
    public bool MediaItemsSet { get; init; }

    /// <summary>How long to wait between two looks; null where Google does not say.</summary>
    public TimeSpan? PollInterval { get; init; }

    /// <summary>How much longer it is worth looking, counted from the answer that said so: zero is not at all; null where Google does not say.</summary>
    public TimeSpan? TimeoutIn { get; init; }
}
