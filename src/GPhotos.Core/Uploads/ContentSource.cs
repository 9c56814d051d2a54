using GPhotos.Core.Media;

namespace GPhotos.Core.Uploads;

/// <summary>A media item whose bytes are on this machine without a file of their own, such as an entry of a Takeout archive.</summary>
internal sealed class ContentSource : UploadSource
{
    private readonly LocalContent _content;

    private ContentSource(LocalContent content) => _content = content;

    /// <summary>Looks at an item, before a byte of it leaves.</summary>
    /// <exception cref="MediaRejectedException">Google would not take it: empty, too large, or of another type.</exception>
    /// <exception cref="InvalidRequestException">Its bytes are not on this machine.</exception>
    public static ContentSource Of(MediaItem item)
    {
        LocalContent content = item.Origin as LocalContent
            ?? throw new InvalidRequestException($"'{item.FileName}' was not sent: it is in Google Photos, and its bytes are not on this machine. Save it first, and send the file.");
        string kind = $"'{Path.GetExtension(item.FileName)}' files";
        // The moving half of a motion photo is called .MP, and some items have no extension: what they are is known all the same.
        MediaFileType? byName = MediaFileType.Of(item.FileName);
        MediaFileType? byContent = byName is null ? MediaFileType.OfMimeType(item.MimeType) : null;
        return new ContentSource(content)
        {
            Name = content.Name,
            FileName = item.FileName + byContent?.Extension,
            Length = content.Length,
            Type = Accept(content.Name, byName ?? byContent, kind, content.Length),
            Stamp = content.Stamp,
        };
    }

    public override bool IsLocal => true;

    public override async Task<Stream> OpenAsync(long offset, CancellationToken cancellationToken)
    {
        Stream stream = await _content.OpenAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await SkipAsync(stream, offset, cancellationToken).ConfigureAwait(false);
            return stream;
        }
        catch
        {
            await stream.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public override ValueTask<int> ReadAsync(Stream stream, Memory<byte> buffer, CancellationToken cancellationToken) =>
        stream.ReadAsync(buffer, cancellationToken);

    // An archive that is replaced meanwhile gives other bytes, which the hash tells.
    public override void ThrowIfChanged()
    {
    }

    // What is packed can only be read from its beginning.
    private async Task SkipAsync(Stream stream, long offset, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[(int)Math.Min(offset, 128 * 1024)];
        while (offset > 0)
        {
            int read = await stream.ReadAsync(buffer.AsMemory(0, (int)Math.Min(offset, buffer.Length)), cancellationToken).ConfigureAwait(false);
            if (read == 0)
            {
                throw Changed();
            }

            offset -= read;
        }
    }
}
