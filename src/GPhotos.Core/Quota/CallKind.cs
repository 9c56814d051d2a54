namespace GPhotos.Core.Quota;

/// <summary>Which of Google's two daily counters a request goes on.</summary>
internal enum CallKind
{
    /// <summary>The 10,000 calls of the Library API: listings, uploads, everything but media bytes.</summary>
    Library,

    /// <summary>The 75,000 requests for the bytes behind base URLs.</summary>
    Media,
}
