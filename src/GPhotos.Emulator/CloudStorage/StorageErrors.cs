using System.Globalization;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>The refusals of Cloud Storage, in its words and with the reasons its clients read.</summary>
internal static class StorageErrors
{
    public static GoogleError NoSuchBucket() => new(404, "NOT_FOUND", "The specified bucket does not exist.");

    public static GoogleError NoSuchObject(string bucket, string name) => new(404, "NOT_FOUND", $"No such object: {bucket}/{name}");

    public static GoogleError NoSuchSession() => new(404, "NOT_FOUND", "The upload session is not known.");

    public static GoogleError SessionGone() => new(410, "FAILED_PRECONDITION", "The upload session is over.") { Reason = "gone" };

    public static GoogleError Cancelled() => new(499, "CANCELLED", "The upload session was cancelled.") { Reason = "cancelled" };

    public static GoogleError BucketExists() => new(
        409, "ALREADY_EXISTS", "Your previous request to create the named bucket succeeded and you already own it.")
    {
        Reason = "conflict",
    };

    public static GoogleError ConditionNotMet() => new(
        412, "FAILED_PRECONDITION", "At least one of the pre-conditions you specified did not hold.")
    {
        Reason = "conditionNotMet",
    };

    public static GoogleError NotModified() => new(304, "FAILED_PRECONDITION", "") { IsPlainText = true };

    public static GoogleError RangeNotSatisfiable() => new(
        416, "OUT_OF_RANGE", "The requested range cannot be satisfied.")
    {
        Reason = "requestedRangeNotSatisfiable",
    };

    public static GoogleError Required(string parameter) => new(
        400, "INVALID_ARGUMENT", $"Required parameter: {parameter}")
    {
        Reason = "required",
    };

    public static GoogleError Invalid(string message) => new(400, "INVALID_ARGUMENT", message) { Reason = "invalid" };

    public static GoogleError NotAnUploadPath() => new(
        400,
        "INVALID_ARGUMENT",
        "Upload requests must include an uploadType URL parameter and a URL path beginning with /upload/")
    {
        Reason = "wrongUrlForUpload",
    };

    /// <summary>A chunk begins behind what has arrived. Google answers it as text, blanks included, and not as JSON.</summary>
    public static GoogleError OffsetAhead(long offset, long received) => new(503, "UNAVAILABLE", string.Create(
        CultureInfo.InvariantCulture,
        $"Invalid request.  According to the Content-Range header, the upload offset is {offset} byte(s), which exceeds already "
        + $"uploaded size of {received} byte(s)."))
    {
        IsPlainText = true,
    };

    public static GoogleError WrongHash(string kind, string provided, string calculated) =>
        Invalid($"Provided {kind} \"{provided}\" doesn't match calculated {kind} \"{calculated}\".");

    public static GoogleError Anonymous(string permission) => new(
        401,
        "UNAUTHENTICATED",
        $"Anonymous caller does not have {permission} access to the Google Cloud Storage resource. Bearer token missing.")
    {
        Reason = "required",
    };

    public static GoogleError InvalidCredentials() => new(401, "UNAUTHENTICATED", "Invalid Credentials");

    public static GoogleError InsufficientScopes() => new(403, "PERMISSION_DENIED", "Provided scope(s) are not authorized");

    /// <summary>What Cloud Storage says with a bare status.</summary>
    public static GoogleError ForStatus(int status) => status switch
    {
        401 => InvalidCredentials(),
        404 => new(404, "NOT_FOUND", "Not Found"),
        410 => SessionGone(),
        412 => ConditionNotMet(),
        429 => new(429, "RESOURCE_EXHAUSTED", "The object exceeded the rate limit for object mutation operations."),
        500 or 502 or 503 or 504 => new(status, "INTERNAL", "We encountered an internal error. Please try again."),
        _ => GoogleError.ForStatus(status),
    };

    /// <summary>The body of a refusal. Where media bytes were asked for, it is the bare message.</summary>
    public static Reply Reply(GoogleError error, bool asText) => asText || error.IsPlainText
        ? Hosting.Reply.Text(error.Message, error.HttpStatus)
        : Hosting.Reply.Json(
            json =>
            {
                json.WriteStartObject();
                json.WriteStartObject("error");
                json.WriteNumber("code", error.HttpStatus);
                json.WriteString("message", error.Message);
                json.WriteStartArray("errors");
                json.WriteStartObject();
                json.WriteString("message", error.Message);
                json.WriteString("domain", "global");
                json.WriteString("reason", error.Reason);
                if (error.HttpStatus == 401)
                {
                    json.WriteString("locationType", "header");
                    json.WriteString("location", "Authorization");
                }

                json.WriteEndObject();
                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            },
            error.HttpStatus);
}
