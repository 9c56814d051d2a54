using System.Text.Json;

namespace GPhotos.Emulator.Wire;

/// <summary>A refusal in Google's own words. It says what the whole call gets; per-item codes are not errors.</summary>
internal sealed class GoogleError(int httpStatus, string status, string message) : Exception(message)
{
    public int HttpStatus => httpStatus;

    /// <summary>The name of the google.rpc.Code, such as INVALID_ARGUMENT.</summary>
    public string Status => status;

    /// <summary>The legacy reason that clients generated from the discovery document read.</summary>
    public string Reason { get; init; } = status switch
    {
        "INVALID_ARGUMENT" or "FAILED_PRECONDITION" => "badRequest",
        "UNAUTHENTICATED" => "authError",
        "PERMISSION_DENIED" => "forbidden",
        "NOT_FOUND" => "notFound",
        "RESOURCE_EXHAUSTED" => "rateLimitExceeded",
        "ABORTED" => "aborted",
        _ => "backendError",
    };

    /// <summary>The legacy domain that stands beside the reason.</summary>
    public string Domain { get; init; } = "global";

    /// <summary>The name that the statistics have for the quota that is used up, if one is.</summary>
    public string? Quota { get; init; }

    /// <summary>The message alone is the body.</summary>
    public bool IsPlainText { get; init; }

    /// <summary>Writes the entries of <c>details</c>; null leaves the member out.</summary>
    public Action<Utf8JsonWriter>? Details { get; init; }

    public static GoogleError InvalidArgument(string message) => new(400, "INVALID_ARGUMENT", message);

    public static GoogleError NoSuchAlbum() =>
        new(404, "NOT_FOUND", "The provided ID does not match any albums that the user has access to.");

    public static GoogleError InvalidIdInRequest() => InvalidArgument("Request contains an invalid media item id.");

    /// <summary>For albums that the app did not create.</summary>
    public static GoogleError NotToBeAddedTo() => InvalidArgument("No permission to add media items to this album.");

    public static GoogleError PermissionDenied() => new(403, "PERMISSION_DENIED", "The caller does not have permission");

    /// <summary>What Google says with a bare status such as a load balancer's 503.</summary>
    public static GoogleError ForStatus(int httpStatus) => httpStatus switch
    {
        400 => InvalidArgument("Request contains an invalid argument."),
        401 => Unauthenticated(),
        403 => PermissionDenied(),
        404 => new(404, "NOT_FOUND", "Requested entity was not found."),
        409 => new(409, "ABORTED", "The operation was aborted."),
        429 => QuotaErrors.PerMinute(30),
        500 => new(500, "INTERNAL", "Internal error encountered."),
        501 => new(501, "UNIMPLEMENTED", "Operation is not implemented, or supported, or enabled."),
        503 => new(503, "UNAVAILABLE", "The service is currently unavailable."),
        504 => new(504, "DEADLINE_EXCEEDED", "Deadline expired before operation could complete."),
        _ => new(httpStatus, "UNKNOWN", "Unknown Error."),
    };

    public static GoogleError Unauthenticated() => new(
        401,
        "UNAUTHENTICATED",
        "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid "
        + "authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");

    public static GoogleError NoCredentials() => new(
        401,
        "UNAUTHENTICATED",
        "Request is missing required authentication credential. Expected OAuth 2 access token, login cookie or other "
        + "valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.");

    public static GoogleError InsufficientScopes(string service, string rpcName) =>
        new(403, "PERMISSION_DENIED", "Request had insufficient authentication scopes.")
        {
            Reason = "insufficientPermissions",
            Details = json =>
            {
                json.WriteStartObject();
                json.WriteString("@type", "type.googleapis.com/google.rpc.ErrorInfo");
                json.WriteString("reason", "ACCESS_TOKEN_SCOPE_INSUFFICIENT");
                json.WriteString("domain", "googleapis.com");
                json.WriteStartObject("metadata");
                json.WriteString("service", service);
                json.WriteString("method", rpcName);
                json.WriteEndObject();
                json.WriteEndObject();
            },
        };
}
