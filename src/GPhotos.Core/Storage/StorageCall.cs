namespace GPhotos.Core.Storage;

/// <summary>What a call to Cloud Storage is about, for the error that tells of it.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Name">The object's name, or the prefix that is listed.</param>
/// <param name="Account">Who asks.</param>
internal sealed record StorageCall(string Bucket, string Name, string Account)
{
    /// <summary>gs://bucket/name.</summary>
    public string Address => Name.Length == 0 ? $"gs://{Bucket}" : StorageAddress.Of(Bucket, Name);

    /// <summary>How messages begin.</summary>
    public string Subject => $"'{Address}'";
}
