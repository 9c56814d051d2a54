using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using GPhotos.Core.Http;

namespace GPhotos.Core.Storage;

/// <summary>Sends calls to Cloud Storage under one credential, and reads their answers.</summary>
internal sealed class StorageCaller(HttpClient http, StorageCredential credential)
{
    /// <summary>Who is meant in notices of repeats.</summary>
    public const string Server = "Cloud Storage";

    private static readonly MediaTypeHeaderValue Json = new("application/json") { CharSet = "utf-8" };

    /// <summary>Who asks.</summary>
    public string Account => credential.Account;

    /// <summary>Sends, whatever the answer's status will be.</summary>
    /// <exception cref="ConnectionFailedException">None came.</exception>
    public async Task<StorageAnswer> SendAsync(CallTraits traits, HttpRequestMessage request, StorageCall call, CancellationToken cancellationToken)
    {
        (traits with { Server = Server, Tokens = credential }).Mark(request);
        using HttpResponseMessage response = await ConnectionGuard.SendAsync(http, request, call.Subject, cancellationToken).ConfigureAwait(false);
        return new StorageAnswer(
            response.StatusCode,
            await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false),
            response.Headers.TryGetValues("Range", out IEnumerable<string>? range) ? range.FirstOrDefault() : null,
            response.Headers.Location);
    }

    /// <summary>Reads a good answer, or throws what a bad one means.</summary>
    public static T Read<TWire, T>(StorageAnswer answer, JsonTypeInfo<TWire> type, Func<TWire, T> toModel, StorageCall call)
    {
        if (!answer.IsGood)
        {
            throw StorageError.ToException(answer.Status, answer.Body, call);
        }

        try
        {
            return toModel(JsonSerializer.Deserialize(answer.Body, type) ?? throw new JsonException("The answer is empty."));
        }
        catch (JsonException e)
        {
            throw new UnexpectedResponseException($"{call.Subject}: Cloud Storage's answer is not the JSON that Google documents.", e);
        }
    }

    /// <summary>Reads an object.</summary>
    public static StoredObject ReadObject(StorageAnswer answer, StorageCall call) =>
        Read(answer, StorageJsonContext.Default.WireObject, wire => wire.ToModel(), call);

    /// <summary>A body of JSON.</summary>
    public static ByteArrayContent Content<T>(T body, JsonTypeInfo<T> type)
    {
        ByteArrayContent content = new(JsonSerializer.SerializeToUtf8Bytes(body, type));
        content.Headers.ContentType = Json;
        return content;
    }
}
