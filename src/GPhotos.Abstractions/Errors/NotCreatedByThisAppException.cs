namespace GPhotos;

/// <summary>The album or item was not created by this app, so the Library API does not let it be used.</summary>
public sealed class NotCreatedByThisAppException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public NotCreatedByThisAppException(string message, string? id, Exception? inner = null)
        : base(message, inner) =>
        Id = id;

    /// <summary>The album or item, when known.</summary>
    public string? Id { get; }
}
