using System.Globalization;
using System.Net;
using System.Net.Http.Headers;

namespace GPhotos.Core.Uploads;

/// <summary>By what a server tells one version of its bytes from the next: a strong entity tag, else the time of their last change.</summary>
internal sealed record WebVersion
{
    private readonly EntityTagHeaderValue? _tag;
    private readonly DateTimeOffset _modified;

    private WebVersion(EntityTagHeaderValue? tag, DateTimeOffset modified) => (_tag, _modified) = (tag, modified);

    /// <summary>For If-Range.</summary>
    public RangeConditionHeaderValue Condition => _tag is null ? new RangeConditionHeaderValue(_modified) : new RangeConditionHeaderValue(_tag);

    /// <summary>What an answer tells, or null when it tells nothing that can be relied on.</summary>
    public static WebVersion? Of(HttpResponseMessage response) =>
        response.Headers.ETag is { IsWeak: false } tag ? new WebVersion(tag, default)
        : response.Content.Headers.LastModified is { } modified ? new WebVersion(null, modified)
        : null;

    /// <summary>For the journal. A time stands with the length, since it has only seconds.</summary>
    public string Stamp(long length) => _tag is null
        ? string.Create(CultureInfo.InvariantCulture, $"{length} {_modified.UtcTicks}")
        : string.Create(CultureInfo.InvariantCulture, $"{length} {_tag.Tag}");

    /// <summary>Whether an answer is not of this version. A part need not say: the server was asked for it on the condition of this version.</summary>
    public bool Differs(HttpResponseMessage response)
    {
        bool? same = _tag is null ? response.Content.Headers.LastModified?.Equals(_modified) : response.Headers.ETag?.Tag.Equals(_tag.Tag, StringComparison.Ordinal);
        return !(same ?? response.StatusCode == HttpStatusCode.PartialContent);
    }
}
