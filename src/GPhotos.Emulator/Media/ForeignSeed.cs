using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Library;
using GPhotos.Emulator.OAuth;

namespace GPhotos.Emulator.Media;

/// <summary>Fills the library with what a phone would have put there: no project's, of several kinds, the same on every start.</summary>
internal static class ForeignSeed
{
    // Keys of their own: those of the library's own items start at 0.
    private const ulong FirstSeed = 1UL << 32;

    private static readonly DateTime Newest = new(2020, 1, 1, 0, 2, 30, DateTimeKind.Utc);
    private static readonly TimeSpan Apart = TimeSpan.FromMinutes(5);
    private static readonly string[] Kinds =
        ["image/jpeg", "image/jpeg", "image/heic", "image/jpeg", "video/mp4", "image/jpeg", "image/png", "image/jpeg", "image/gif", "video/quicktime"];

    public static void Fill(EmulatorState state)
    {
        for (int index = 0; index < state.Options.ForeignItems; index++)
        {
            MediaItem item = Make(index);
            state.Library.Add(item, item.Content.Sha256());
        }
    }

    private static MediaItem Make(int index)
    {
        ulong key = Identifier.Mix(FirstSeed + (ulong)index);
        DateTime captured = Newest - (index * Apart);
        (MediaContent content, MediaFacts facts) = SyntheticMedia.Make(Kinds[index % Kinds.Length], key, captured, size: 0);
        return new MediaItem
        {
            Key = key,
            Owner = Caller.Foreign(Caller.DefaultUser),
            Id = Identifier.ForMediaItem(key),
            FileName = string.Create(CultureInfo.InvariantCulture, $"PXL_{captured:yyyyMMdd_HHmmss}{Extension(facts.MimeType)}"),
            Content = content,
            Facts = facts,
            CreationTime = captured,
            HasCaptureDate = true,
        };
    }

    private static string Extension(string mimeType) => mimeType switch
    {
        "image/jpeg" => ".jpg",
        "video/quicktime" => ".mov",
        _ => "." + mimeType.Split('/')[1],
    };
}
