using System.Globalization;
using System.Net;

namespace GPhotos.Core.Storage;

/// <summary>What Cloud Storage answered.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Body">JSON, an object or an error.</param>
/// <param name="Range">The header of that name: which bytes an upload session has.</param>
/// <param name="Location">The header of that name: the address of a new upload session. Whoever has it may write: it is a secret.</param>
internal sealed record StorageAnswer(HttpStatusCode Status, string Body, string? Range, Uri? Location)
{
    public bool IsGood => (int)Status is >= 200 and < 300;

    /// <summary>Whether an upload session waits for more bytes. 308 means this here, and no redirect.</summary>
    public bool IsIncomplete => Status == HttpStatusCode.PermanentRedirect;

    /// <summary>Whether an upload session is of no use any more.</summary>
    public bool IsGone => Status is HttpStatusCode.NotFound or HttpStatusCode.Gone;

    /// <summary>Whether asking an upload session how far it has got, and going on from there, may help.</summary>
    public bool MayGoOn => Status is HttpStatusCode.Conflict or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError;

    /// <summary>How many bytes from the beginning an incomplete session has kept. Without the header it is none.</summary>
    public long Kept =>
        Range?.Split('-') is [_, var last] && long.TryParse(last, NumberStyles.None, CultureInfo.InvariantCulture, out long position) ? position + 1 : 0;

    /// <summary>Shows neither body nor address.</summary>
    public override string ToString() => ((int)Status).ToString(CultureInfo.InvariantCulture);
}
