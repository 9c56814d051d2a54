using System.Text.Json;

namespace GPhotos.Core.Auth;

/// <summary>What the token endpoint says and Google's library does not pass on.</summary>
/// <param name="Date">The server's clock.</param>
/// <param name="RefreshTokenExpiresIn">How long the refresh token lives; null where it is not limited.</param>
/// <param name="ErrorSubtype">What kind of refusal it is, beside the error.</param>
internal sealed record TokenAnswer(DateTimeOffset? Date, TimeSpan? RefreshTokenExpiresIn, string? ErrorSubtype)
{
    /// <summary>No answer yet.</summary>
    public static TokenAnswer None { get; } = new(null, null, null);

    /// <summary>Reads an answer. Its body stays readable.</summary>
    public static async Task<TokenAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        await response.Content.LoadIntoBufferAsync(cancellationToken).ConfigureAwait(false);
        byte[] body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
        TimeSpan? life = null;
        string? subtype = null;
        try
        {
            using JsonDocument json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind == JsonValueKind.Object)
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
        catch (JsonException)
        {
            // The library says what it thinks of it.
        }

        return new TokenAnswer(response.Headers.Date, life, subtype);
    }
}
