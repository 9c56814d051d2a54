using GPhotos.Emulator.OAuth;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Emulator.Hosting;

internal delegate ValueTask<Reply> Handler(Exchange exchange);

/// <summary>How a request gets past the door of a route.</summary>
internal enum Door
{
    /// <summary>No token is asked for.</summary>
    Open,

    /// <summary>A token with one of the route's scopes.</summary>
    Scoped,

    /// <summary>As scoped, but refusals are the bare status that the upload endpoint answers.</summary>
    ScopedUpload,

    /// <summary>As scoped, with the Picker named in refusals; its calls do not count against the Library's day.</summary>
    Picker,

    /// <summary>As scoped, with the refusals of Cloud Storage.</summary>
    CloudStorage,
}

/// <summary>A method of the API or a page: its name in the statistics, its path and what it asks of a caller.</summary>
/// <param name="Kind">The name calls are counted under.</param>
/// <param name="Method">The HTTP method.</param>
/// <param name="Template">A path with at most one <c>{}</c>, which stands for an id; with any number where <see cref="BySegment"/> is set.</param>
/// <param name="Handler">What answers.</param>
internal sealed record Route(string Kind, string Method, string Template, Handler Handler)
{
    public Door Door { get; init; }

    /// <summary>
    /// Compared segment by segment with the path as it was sent, so that the encoded slashes of a name stay within their segment.
    /// </summary>
    public bool BySegment { get; init; }

    /// <summary>Any one of these is enough.</summary>
    public ScopeSet Scopes { get; init; }

    /// <summary>The method's name in Google's service, which a refusal tells.</summary>
    public string? RpcName { get; init; }

    /// <summary>A write: so many a minute, and one at a time, may be made for a user.</summary>
    public bool IsWrite { get; init; }

    /// <summary>Tells whose daily quota of media bytes a request counts against; null where there are no media bytes.</summary>
    public Func<Exchange, string?>? MediaProject { get; init; }

    /// <summary>Asked of the emulator itself and not of Google, so neither counted nor disturbed by faults.</summary>
    public bool IsAdmin { get; init; }

    /// <summary>Tells calls apart that share a path; without it all of them are of the one kind.</summary>
    public Func<HttpRequest, string>? KindOf { get; init; }

    /// <summary>Headers for every reply of this route, given its status.</summary>
    public Func<Exchange, int, IEnumerable<KeyValuePair<string, string>>>? Headers { get; init; }

    /// <summary>The API that the project must have enabled, by the first word of its host; null where there is none to enable.</summary>
    public string? Api => Door switch
    {
        Door.Scoped or Door.ScopedUpload => "photoslibrary",
        Door.Picker => "photospicker",
        _ => null,
    };

    /// <summary>Whether Google would count the call against a project's daily requests.</summary>
    public bool IsLibraryCall => Door is Door.Scoped or Door.ScopedUpload;
}
