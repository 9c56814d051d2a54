using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace GPhotos.Core.Http;

/// <summary>Makes the JSON calls of one of Google's APIs: checks the scope, sends, reads the answer or throws what it means.</summary>
/// <param name="options">The scopes granted and the clock.</param>
/// <param name="http">The named client of the API.</param>
/// <param name="root">The API's address, which paths go below.</param>
internal sealed class JsonCaller(GPhotosClientOptions options, HttpClient http, Uri root)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    /// <summary>Fails before a call is spent when the user did not grant what it needs.</summary>
    public void RequireScope(string scope)
    {
        if (options.Lacks(scope) is { } missing)
        {
            throw missing;
        }
    }

    public async Task<T> SendAsync<T>(
        CallTraits traits, CallContext context, HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> reply, CancellationToken cancellationToken)
    {
        RequireScope(context.Scope);
        using HttpRequestMessage request = new(method, new Uri(root, path));
        traits.Mark(request);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = Json;
        }

        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, context.Subject, cancellationToken).ConfigureAwait(false);
        await GoogleError.ThrowIfFailedAsync(response, context, cancellationToken).ConfigureAwait(false);
        try
        {
            return await ReadAsync(response.Content, reply, cancellationToken).ConfigureAwait(false)
                ?? throw new UnexpectedResponseException($"{context.Subject}: the answer was empty.");
        }
        catch (JsonException e)
        {
            throw new UnexpectedResponseException($"{context.Subject}: the answer is not the JSON that Google documents.", e);
        }
    }

    // The body is in memory already: in one piece it is read without the bookkeeping of a stream's reader, and a borrowed buffer spares
    // a large array for each page.
    private static async Task<T?> ReadAsync<T>(HttpContent content, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        Stream stream = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)stream.Length);
        try
        {
            int length = await stream.ReadAtLeastAsync(buffer, (int)stream.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return JsonSerializer.Deserialize(buffer.AsSpan(0, length), type);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
