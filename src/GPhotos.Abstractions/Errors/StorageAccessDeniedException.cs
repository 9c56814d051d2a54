namespace GPhotos;

/// <summary>Cloud Storage does not let the account at the bucket, or there is no account to ask it with.</summary>
public sealed class StorageAccessDeniedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public StorageAccessDeniedException(string message, string? bucket = null, string? account = null, Exception? inner = null)
        : base(message, inner) =>
        (Bucket, Account) = (bucket, account);

    /// <summary>The bucket's name; null when it was not asked yet.</summary>
    public string? Bucket { get; }

    /// <summary>Who asked: a service account's address, or what else is known of the credential; null when there is none.</summary>
    public string? Account { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
