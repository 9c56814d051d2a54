namespace GPhotos.Core.Storage;

/// <summary>An object of a bucket.</summary>
/// <param name="Name">Its whole name, slashes included.</param>
/// <param name="Size">How many bytes it has.</param>
/// <param name="Md5">The MD5 of its bytes in Base64; null for composite objects, which have none.</param>
/// <param name="Crc32c">The CRC32C of its bytes, big-endian, in Base64.</param>
/// <param name="Generation">Which of the contents that the name had over time this is.</param>
/// <param name="StorageClass">STANDARD, NEARLINE, COLDLINE, ARCHIVE.</param>
/// <param name="Metadata">What its owner has written to it.</param>
internal sealed record StoredObject(
    string Name,
    long Size,
    string? Md5,
    string? Crc32c,
    long Generation,
    string? StorageClass,
    IReadOnlyDictionary<string, string> Metadata);
