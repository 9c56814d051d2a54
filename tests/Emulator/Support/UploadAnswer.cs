using System.Net;
using System.Text.Json;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>What the upload server answered.</summary>
internal sealed record UploadAnswer(
    HttpStatusCode Status, string? UploadStatus, long? Received, string Body, Uri? Session, string? Granularity)
{
    /// <summary>The google.rpc.Code of a refusal.</summary>
    public int Code => JsonDocument.Parse(Body).RootElement.GetProperty("code").GetInt32();
}
