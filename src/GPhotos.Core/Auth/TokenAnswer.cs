using System.Text.Json;

namespace GPhotos.Core.Auth;

/// <summary>What the token endpoint says and Google's library does not pass on.</summary>
/// <param name="IsObject">Whether it is a JSON object, as every answer of the token endpoint is (RFC 6749, 5).</param>
/// <param name="Date">The server's clock; null where it tells a time that cannot be.</param>
/// <param name="RefreshTokenExpiresIn">How long the refresh token lives; null where it is not limited.</param>
/// <param name="ErrorSubtype">What kind of refusal it is, beside the error.</param>
internal sealed record TokenAnswer(bool IsObject, DateTimeOffset? Date, TimeSpan? RefreshTokenExpiresIn, string? ErrorSubtype)
{
    /// <summary>What to tell of an answer that is none.</summary>
    public const string NotJson = "The sign-in server's answer is not the JSON that Google documents: a proxy, or a network's log-in page, may have answered in its place.";

    private const int LongestAnswer = 1024 * 1024;

    /// <summary>No answer yet.</summary>
    public static TokenAnswer None { get; } = new(false, null, null, null);

    /// <summary>Reads an answer. Its body stays readable.</summary>
    /// <exception cref="HttpRequestException">It is longer than any such answer, or broke off.</exception>
    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(LongestAnswer, cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        bool isObject = false;
        TimeSpan? life = null;
        string? subtype = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            isObject = json.RootElement.ValueKind == JsonValueKind.Object;
            if (isObject)
            {
                life = json.RootElement.TryGetProperty("refresh_token_expires_in", out JsonElement seconds)
                    && seconds.ValueKind == JsonValueKind.Number && seconds.TryGetInt64(out long count) && count is > 0 and < int.MaxValue
                        ? TimeSpan.FromSeconds(count)
                        : null;
                subtype = json.RootElement.TryGetProperty("error_subtype", out JsonElement word) && word.ValueKind == JsonValueKind.String
                    ? word.GetString()
                    : null;
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // No JSON; or a text in it that is none, such as half a surrogate pair.
        }

        // A sign-in's end is reckoned from it.
        DateTimeOffset? date = response.Headers.Date is { Year: >= 2000 and < 9000 } told ? told : null;
        return new TokenAnswer(isObject, date, life, subtype);
    }
}
