using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GPhotos.Core.Http;
using GPhotos.Core.Quota;

namespace GPhotos.Core.Api;

/// <summary>Makes the JSON calls of the Library API, its writes one at a time.</summary>
internal sealed class LibraryCaller(GPhotosClientOptions options, HttpClient http, WriteLane writes)
{
    private readonly JsonCaller _json = new(options, http, options.Endpoints.Root);

    public DateTimeOffset Now => _json.Now;

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
    public void RequireScope(string scope) => _json.RequireScope(scope);

    private async Task<T> SendAsync<T>(
        CallTraits traits, CallContext context, HttpMethod method, string path, byte[]? body, JsonTypeInfo<T> reply, CancellationToken cancellationToken)
    {
        // Before a turn is waited for, not only before the call.
        RequireScope(context.Scope);

        // Here and nowhere else, so that no write can go round it.
        using IDisposable? turn = traits.IsWrite ? await writes.EnterAsync(traits, cancellationToken).ConfigureAwait(false) : null;
        return await _json.SendAsync(traits, context, method, path, body, reply, cancellationToken).ConfigureAwait(false);
    }
}
