namespace GPhotos.Core.Uploads;

/// <summary>A file to send.</summary>
/// <param name="Path">Its full path.</param>
public sealed record SendRequest(string Path)
{
    /// <summary>The longest description Google takes, in characters.</summary>
    public const int MaxDescriptionLength = 999;

    /// <summary>The description the user wrote, below 1,000 characters, or null.</summary>
    public string? Description { get; init; }
}
