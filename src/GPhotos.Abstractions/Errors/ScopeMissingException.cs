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

    /// <summary>The profile whose sign-in lacks them; null for the one in use.</summary>
    public string? ProfileName { get; init; }

    /// <inheritdoc/>
    public override bool EndsTheRun => true;
}
