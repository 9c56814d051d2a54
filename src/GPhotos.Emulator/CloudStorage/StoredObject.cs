using System.Globalization;
using System.Text;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>One generation of an object, as it stands.</summary>
internal sealed record StoredObject(
    string Bucket, string Name, long Generation, ObjectMetadata Metadata, string StorageClass, ObjectContent Content,
    DateTimeOffset TimeCreated)
{
    public long Metageneration { get; init; } = 1;

    public DateTimeOffset Updated { get; init; } = TimeCreated;

    public long Size { get; } = Content.Length;

    public string Md5Hash { get; } = Content.Md5();

    public string Crc32C { get; } = Content.Crc32C();

    /// <summary>Changes with the bytes and with the metadata.</summary>
    public string ETag => Convert.ToBase64String(Encoding.ASCII.GetBytes(
        string.Create(CultureInfo.InvariantCulture, $"{Generation}/{Metageneration}")));
}
