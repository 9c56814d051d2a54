namespace GPhotos.Emulator.CloudStorage;

/// <summary>The storage classes that an object or a bucket can have.</summary>
internal static class StorageClass
{
    public const string Standard = "STANDARD";

    private static readonly string[] Known = [Standard, "NEARLINE", "COLDLINE", "ARCHIVE"];

    /// <summary>The class that was asked for, or the one by default where none was.</summary>
    public static string Read(string? asked, string byDefault) =>
        asked is null ? byDefault : Known.Contains(asked) ? asked : throw StorageErrors.Invalid($"Invalid storage class: {asked}");
}
