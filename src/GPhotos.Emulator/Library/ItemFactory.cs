using System.Globalization;
using GPhotos.Emulator.Media;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Library;

/// <summary>Makes media items of files.</summary>
internal sealed class ItemFactory(EmulatorOptions options)
{
    private int _unnamed;

    public MediaItem Make(Caller owner, MediaContent content, MediaFacts facts, string? fileName, string? description = null)
    {
        ulong key = Identifier.NewKey();
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        return new MediaItem
        {
            Key = key,
            Owner = owner,
            Id = Identifier.ForMediaItem(key),
            FileName = fileName ?? NextName(facts),
            Description = description,
            Content = content,
            Facts = facts,
            CreationTime = WholeSeconds(facts.Captured ?? now.UtcDateTime),
            HasCaptureDate = facts.Captured is not null,
            ReadyAt = facts.IsVideo ? now + options.VideoProcessingTime : default,
        };
    }

    private static DateTime WholeSeconds(DateTime time) => new(time.Ticks - (time.Ticks % TimeSpan.TicksPerSecond), DateTimeKind.Utc);

    private string NextName(MediaFacts facts)
    {
        string number = Interlocked.Increment(ref _unnamed).ToString("D4", CultureInfo.InvariantCulture);
        return facts.IsVideo ? $"VID_{number}.mp4" : $"IMG_{number}.jpg";
    }
}
