namespace GPhotos;

/// <summary>The root of everything this client throws on purpose. Its message says what happened and to what.</summary>
public class GPhotosException : Exception
{
    /// <summary>Makes one.</summary>
    public GPhotosException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    /// <summary>The HTTP status that Google answered with, or null when none came.</summary>
    public int? HttpStatus { get; init; }

    /// <summary>
    /// Whether nothing else can succeed either (signed out, daily quota spent, storage full): a run stops here instead of
    /// failing file by file.
    /// </summary>
    public virtual bool EndsTheRun => false;
}
