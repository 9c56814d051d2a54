using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace GPhotos.Core.Http;

/// <summary>The one place that reads Google's error answers. See https://google.aip.dev/193 for their shape.</summary>
internal static partial class GoogleError
{
    private static readonly string[] FullWords = [" full", "at most", "maximum", "too many", "limit", "capacity", "20,000", "20000"];

    /// <summary>Throws what the answer means, unless it is a success.</summary>
    public static async Task ThrowIfFailedAsync(HttpResponseMessage response, CallContext call, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            string body = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
            throw ToException(response.StatusCode, body, call);
        }
    }

    /// <summary>What an answer means. The uploads endpoint sends a bare status, the others wrap it in "error".</summary>
    public static GPhotosException ToException(HttpStatusCode status, string body, CallContext call)
    {
        string said = MessageOf(body) ?? $"HTTP {(int)status}";
        string what = $"{call.Subject}: {said}";
        int http = (int)status;
        return http switch
        {
            401 when body.Contains("Authentication session is not defined", StringComparison.Ordinal) =>
                ScopeMissing(what, call, http),
            401 => new SignInExpiredException($"Google no longer takes the sign-in: {said}") { HttpStatus = http },
            403 when body.Contains("insufficient authentication scopes", StringComparison.OrdinalIgnoreCase) =>
                ScopeMissing(what, call, http),
            403 when body.Contains("has not been used in project", StringComparison.Ordinal) =>
                new ApiDisabledException(what, FirstAddress(said)) { HttpStatus = http },
            403 => new PermissionDeniedException(what) { HttpStatus = http },
            429 when QuotaVerdict.Of(body) == QuotaKind.Day => new QuotaExceededException(what, QuotaVerdict.NextReset(call.Now)) { HttpStatus = http },
            429 when call.OpensPickingSession && QuotaVerdict.Of(body) == QuotaKind.Other =>
                new PickingSessionLimitReachedException(what) { HttpStatus = http },
            429 => new RateLimitedException(what) { HttpStatus = http },
            400 when call.OpensPickingSession && body.Contains("FAILED_PRECONDITION", StringComparison.Ordinal) =>
                new PermissionDeniedException($"{what} Google opens a picking session for an active Google Photos account only.") { HttpStatus = http },
            404 when call.PickingSessionId is { } session =>
                new PickingSessionExpiredException($"{what} The picking session is over: deleted, or past its end.", session) { HttpStatus = http },
            400 or 404 => BadRequest(what, said, call, http),
            413 => new InvalidRequestException(what) { HttpStatus = http },
            >= 500 or 408 or 409 => new ServiceUnavailableException(what) { HttpStatus = http },
            _ => new UnexpectedResponseException($"{what} (HTTP {http})") { HttpStatus = http },
        };
    }

    /// <summary>Whether Google's words, of a call or of one item, say that the account is full.</summary>
    public static bool IsStorageFull(string? said) => said?.Contains("remaining storage", StringComparison.OrdinalIgnoreCase) == true;

    private static GPhotosException BadRequest(string what, string said, CallContext call, int http)
    {
        if (IsStorageFull(said))
        {
            return new StorageFullException(what) { HttpStatus = http };
        }

        // How the upload endpoint has told a spent minute.
        if (said.Contains("Insufficient tokens for quota", StringComparison.OrdinalIgnoreCase))
        {
            return new RateLimitedException(what) { HttpStatus = http };
        }

        if (said.Contains("No permission to add media items", StringComparison.OrdinalIgnoreCase))
        {
            return new NotCreatedByThisAppException(what, call.AlbumId) { HttpStatus = http };
        }

        if (call.AlbumId is { } full && SaysAlbumFull(said))
        {
            return new AlbumFullException(what, full) { HttpStatus = http };
        }

        if (call.AlbumId is { } album && (http == 404 || said.Contains("album", StringComparison.OrdinalIgnoreCase)))
        {
            return new AlbumNotFoundException(what, album) { HttpStatus = http };
        }

        return call.MediaItemId is { } item && (http == 404 || said.Contains("media item", StringComparison.OrdinalIgnoreCase))
            ? new MediaItemNotFoundException(what, item) { HttpStatus = http }
            : new InvalidRequestException(what) { HttpStatus = http };
    }

    // Google's words for a full album are not known to us; these are what they can hardly do without.
    private static bool SaysAlbumFull(string said) =>
        said.Contains("album", StringComparison.OrdinalIgnoreCase)
        && FullWords.Any(word => said.Contains(word, StringComparison.OrdinalIgnoreCase));

    private static ScopeMissingException ScopeMissing(string what, CallContext call, int http) =>
        new(what, [call.Scope]) { HttpStatus = http };

    /// <summary>Google's words in an error answer; null when it is not of the usual shape.</summary>
    public static string? MessageOf(string body)
    {
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            JsonElement status = json.RootElement;
            if (status.ValueKind == JsonValueKind.Object && status.TryGetProperty("error", out JsonElement wrapped))
            {
                status = wrapped;
            }

            return status.ValueKind == JsonValueKind.Object && status.TryGetProperty("message", out JsonElement message)
                && message.ValueKind == JsonValueKind.String
                ? ServerWords.Shown(message.GetString()!)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static Uri? FirstAddress(string text) =>
        Uri.TryCreate(Address().Match(text).Value, UriKind.Absolute, out Uri? address) ? address : null;

    [GeneratedRegex(@"https://[^\s""']+")]
    private static partial Regex Address();
}
