using GPhotos.Core.Media;

namespace GPhotos.Core.Takeout;

/// <summary>The bytes of one picture or video of an export.</summary>
internal sealed class TakeoutContent(TakeoutEntry entry) : LocalContent
{
    public override MediaItemSource Source => MediaItemSource.Takeout;

    public override string Name => entry.Part.NameOf(entry);

    public override long Length => entry.Length;

    public override string Stamp => entry.Part.StampOf(entry);

    public override Task<Stream> OpenAsync(CancellationToken cancellationToken) => entry.Part.OpenAsync(entry, cancellationToken);
}
