namespace GPhotos.Core.Profiles;

/// <summary>A vault that keeps texts by name: the user's own, which this client only asks.</summary>
public interface ISecretVault
{
    /// <summary>Fails where <see cref="Write"/> could not even ask. Nothing is kept.</summary>
    /// <exception cref="VaultFailedException">There is nobody to ask.</exception>
    void Check(string vault);

    /// <summary>The text kept under a name; null where there is none.</summary>
    /// <exception cref="VaultFailedException">The vault does not answer.</exception>
    string? Read(string vault, string name);

    /// <summary>Keeps a text, in place of one that is there.</summary>
    /// <exception cref="VaultFailedException">The vault does not take it.</exception>
    void Write(string vault, string name, string text);

    /// <summary>Forgets the text, if there is one.</summary>
    /// <exception cref="VaultFailedException">The vault does not let it go.</exception>
    void Remove(string vault, string name);
}
