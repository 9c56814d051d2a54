namespace GPhotos;

/// <summary>The reply was lost, and nothing else tells whether the change was made.</summary>
public sealed class OutcomeUnknownException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public OutcomeUnknownException(string message, string id, Exception? inner = null)
        : base(message, inner) =>
        Id = id;

    /// <summary>The album that may have been changed.</summary>
    public string Id { get; }
}
