namespace GPhotos;

/// <summary>An exported profile cannot be opened: the passphrase is not the one it was made with, or the file was changed since. Which of the two, nobody can tell.</summary>
public sealed class PassphraseWrongException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public PassphraseWrongException(string message, string path, Exception? inner = null)
        : base(message, inner) =>
        Path = path;

    /// <summary>The file.</summary>
    public string Path { get; }
}
