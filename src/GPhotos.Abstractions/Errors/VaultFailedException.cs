namespace GPhotos;

/// <summary>The user's vault did not give or take the secrets of a sign-in.</summary>
public sealed class VaultFailedException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public VaultFailedException(string message, string vault, Exception? inner = null)
        : base(message, inner) =>
        Vault = vault;

    /// <summary>The vault's name.</summary>
    public string Vault { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
