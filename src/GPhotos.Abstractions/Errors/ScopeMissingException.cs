namespace GPhotos;

/// <summary>The user did not grant a scope that the call needs.</summary>
public sealed class ScopeMissingException : GPhotosException
{
    /// <summary>Makes one.</summary>
    public ScopeMissingException(string message, IReadOnlyList<string> scopes, Exception? inner = null)
        : base(message, inner) =>
        Scopes = scopes;

    /// <summary>The missing scopes in their short form; any one of them would do.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
