using System.Buffers;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GPhotos.Core.Http;
using GPhotos.Core.Quota;

namespace GPhotos.Core.Api;

/// <summary>Makes the JSON calls of the Library API: checks the scope, sends, reads the answer or throws what it means.</summary>
internal sealed class LibraryCaller(GPhotosClientOptions options, HttpClient http, WriteLane writes)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    public DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    public Task<T> GetAsync<T>(CallTraits traits, CallContext context, string path, JsonTypeInfo<T> reply, CancellationToken cancellationToken) =>
        SendAsync(traits, context, HttpMethod.Get, path, null, reply, cancellationToken);

    public Task<T> PostAsync<TBody, T>(
        CallTraits traits, CallContext context, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> reply, CancellationToken cancellationToken) =>
        SendAsync(traits, context, HttpMethod.Post, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), reply, cancellationToken);

    public Task<T> PatchAsync<TBody, T>(
        CallTraits traits, CallContext context, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> reply, CancellationToken cancellationToken) =>
        SendAsync(traits, context, HttpMethod.Patch, path, JsonSerializer.SerializeToUtf8Bytes(body, bodyType), reply, cancellationToken);

    /// <summary>The scope to go by where any one of several is enough: the first that was granted, else the first.</summary>
    public string AnyOf(params ReadOnlySpan<string> scopes)
    {
        foreach (string scope in scopes)
        {
            if (options.Scopes?.Contains(scope) == true)
            {
                return scope;
            }
        }

        return scopes[0];
    }

    /// <summary>Fails before a call is spent when the user did not grant what it needs.</summary>
    public void RequireScope(string scope)
    {
        if (options.Scopes is { } granted && !granted.Contains(scope))
        {
            throw new ScopeMissingException($"The sign-in does not carry the scope {scope}, which this needs.", [scope]);
        }
    }

    private async Task<T> SendAsync<T>(
        CallTraits traits, CallContext context, HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> reply, CancellationToken cancellationToken)
    {
        RequireScope(context.Scope);

        // Here and nowhere else, so that no write can go round it.
        using IDisposable? turn = traits.IsWrite ? await writes.EnterAsync(traits, cancellationToken).ConfigureAwait(false) : null;
        using HttpRequestMessage request = new(method, new Uri(options.Endpoints.Root, path));
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
