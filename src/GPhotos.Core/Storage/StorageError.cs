using System.Net;
using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>The one place that reads Cloud Storage's error answers.</summary>
/// <remarks>See https://cloud.google.com/storage/docs/json_api/v1/status-codes.</remarks>
internal static class StorageError
{
    private static readonly string[] Rates = ["rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded"];
    private static readonly string[] Holds = ["retentionPolicyNotMet", "objectUnderActiveHold"];

    /// <summary>What an answer means.</summary>
    /// <param name="status">Its status.</param>
    /// <param name="body">Its body.</param>
    /// <param name="call">What it was about.</param>
    public static GPhotosException ToException(HttpStatusCode status, string body, StorageCall call)
    {
        string said = GoogleError.MessageOf(body) ?? $"HTTP {(int)status}";
        string what = $"{call.Subject}: {said}";
        int http = (int)status;
        return http switch
        {
            403 when Names(body, Rates) => new RateLimitedException(what) { HttpStatus = http },
            403 when Names(body, Holds) => new PermissionDeniedException(what) { HttpStatus = http },
            401 or 403 => new StorageAccessDeniedException(
                $"{call.Subject}: Cloud Storage does not let {call.Account} in: {said}. It needs the role Storage Object User "
                + "(roles/storage.objectUser) on the bucket, which holds storage.objects.create, list, get, update and delete.",
                call.Bucket,
                call.Account)
            { HttpStatus = http },
            404 => new BucketNotFoundException($"Cloud Storage has no bucket '{call.Bucket}': {said}", call.Bucket) { HttpStatus = http },
            412 => new FileExistsException($"{call.Subject}: an object of that name stands there: {said}", call.Address) { HttpStatus = http },
            429 => new RateLimitedException(what) { HttpStatus = http },
            400 or 411 or 413 or 416 => new InvalidRequestException(what) { HttpStatus = http },
            >= 500 or 408 or 409 => new ServiceUnavailableException(what) { HttpStatus = http },
            _ => new UnexpectedResponseException($"{what} (HTTP {http})") { HttpStatus = http },
        };
    }

    /// <summary>Whether the one object that was asked for is not there, while its bucket is.</summary>
    public static bool IsObjectMissing(HttpStatusCode status, string body) =>
        status == HttpStatusCode.NotFound && !body.Contains("bucket does not exist", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether the bucket refused bytes because they are not those whose hash was announced.</summary>
    public static bool IsAboutHash(HttpStatusCode status, string body) =>
        status == HttpStatusCode.BadRequest
        && (body.Contains("CRC32C", StringComparison.OrdinalIgnoreCase) || body.Contains("MD5", StringComparison.OrdinalIgnoreCase));

    private static bool Names(string body, string[] reasons) => reasons.Any(r => body.Contains($"\"{r}\"", StringComparison.OrdinalIgnoreCase));
}
