using System.IO.Hashing;

namespace GPhotos.Core.Takeout;

/// <summary>A picture or video, or a JSON, in a part. There are a hundred thousand of them: it holds no more than it must.</summary>
internal sealed class TakeoutEntry(TakeoutPart part, int position, string name, string fileName, long length)
{
    /// <summary>The part it is in.</summary>
    public TakeoutPart Part { get; } = part;

    /// <summary>Its place in the part, from 0.</summary>
    public int Position { get; } = position;

    /// <summary>Its path in the part, as it stands there. Data: never a path to write to.</summary>
    public string Name { get; } = name;

    /// <summary>The last segment of its path.</summary>
    public string FileName { get; } = fileName;

    /// <summary>The number of bytes that the part announces.</summary>
    public long Length { get; } = length;

    /// <summary>The CRC-32 of its bytes; null where nobody says.</summary>
    public uint? Crc { get; set; }

    /// <summary>Of a picture or video its MIME type.</summary>
    public string? MimeType { get; init; }

    /// <summary>Whether it is a video, or the moving half of a picture.</summary>
    public bool IsVideo => MimeType?.StartsWith("video/", StringComparison.Ordinal) == true;

    /// <summary>The folder it lies in.</summary>
    public required TakeoutFolder Folder { get; init; }

    /// <summary>The JSON that tells of it, once they are joined.</summary>
    public PictureJson? Json { get; set; }

    /// <summary>The titles of the albums it is in.</summary>
    public List<string>? Albums { get; set; }

    /// <summary>The album folders that hold a copy of it.</summary>
    public List<TakeoutFolder>? CopiedTo { get; set; }

    /// <summary>Whether another of its path and length has other bytes.</summary>
    public bool HasDouble { get; set; }

    /// <summary>The CRC-32 of its bytes, read where nobody says; null where they cannot be read, which whoever reads the item is told.</summary>
    public async Task<uint?> ChecksumAsync(CancellationToken cancellationToken)
    {
        if (Crc is null)
        {
            try
            {
                Stream bytes = await Part.OpenAsync(this, cancellationToken).ConfigureAwait(false);
                await using (bytes.ConfigureAwait(false))
                {
                    Crc32 crc = new();
                    await crc.AppendAsync(bytes, cancellationToken).ConfigureAwait(false);
                    Crc = crc.GetCurrentHashAsUInt32();
                }
            }
            catch (FileReadFailedException)
            {
                return null;
            }
        }

        return Crc;
    }

    public override string ToString() => Name;
}
