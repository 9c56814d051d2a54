using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Library;

/// <summary>One photo or video of the library.</summary>
internal sealed class MediaItem
{
    public required ulong Key { get; init; }

    public required string Id { get; init; }

    /// <summary>The id that the Picker gives it. That it is the Library's is nowhere said, so nobody is to go by that.</summary>
    public string PickerId => Identifier.ForPickedItem(Key);

    /// <summary>Who made it; nobody else may see it.</summary>
    public required Caller Owner { get; init; }

    public required string FileName { get; set; }

    public required MediaContent Content { get; init; }

    public required MediaFacts Facts { get; init; }

    /// <summary>The capture time, or the upload time of a file that does not tell. In UTC.</summary>
    public required DateTime CreationTime { get; init; }

    /// <summary>False when the creation time is but the upload time: date filters never find such an item.</summary>
    public required bool HasCaptureDate { get; init; }

    /// <summary>Until when a video is PROCESSING.</summary>
    public DateTimeOffset ReadyAt { get; set; }

    /// <summary>A video that is FAILED, and not READY, once it is no longer PROCESSING.</summary>
    public bool IsFailed { get; set; }

    public Delivery Delivery { get; set; } = Delivery.Usual;

    public string? Description { get; set; }

    public ContentCategories Categories { get; set; }

    public bool IsFavorite { get; set; }

    public bool IsArchived { get; set; }

    /// <summary>The state of a video, as the wire has it.</summary>
    public string VideoStatus(DateTimeOffset now) => ReadyAt > now ? "PROCESSING" : IsFailed ? "FAILED" : "READY";
}
