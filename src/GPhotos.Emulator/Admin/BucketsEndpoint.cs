using System.Text.Json;
using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.Hosting;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Admin;

/// <summary>/emulator/buckets: makes buckets and shows what is in them, without a token and without a call of Cloud Storage.</summary>
internal sealed class BucketsEndpoint(Buckets buckets)
{
    public async ValueTask<Reply> AddAsync(Exchange exchange)
    {
        RequestObject request = (await exchange.ReadJsonAsync()).Allow("name", "project", "storageClass");
        Bucket bucket = buckets.Add(
            request.String("name"), request.String("project") ?? OAuthClient.ProjectId, request.String("storageClass"));
        return Reply.Json(json => Write(json, bucket));
    }

    public ValueTask<Reply> ListAsync(Exchange exchange) => ValueTask.FromResult(Reply.Json(json =>
    {
        json.WriteStartArray();
        foreach (Bucket bucket in buckets.List())
        {
            Write(json, bucket);
        }

        json.WriteEndArray();
    }));

    public ValueTask<Reply> ListObjectsAsync(Exchange exchange)
    {
        Bucket bucket = buckets.Get(exchange.RouteValue);
        return ValueTask.FromResult(Reply.Json(json =>
        {
            json.WriteStartArray();
            bucket.Visit("", stored =>
            {
                Write(json, stored);
                return true;
            });
            json.WriteEndArray();
        }));
    }

    private static void Write(Utf8JsonWriter json, Bucket bucket)
    {
        long objects = 0;
        long bytes = 0;
        bucket.Visit("", stored =>
        {
            objects++;
            bytes += stored.Size;
            return true;
        });
        json.WriteStartObject();
        json.WriteString("name", bucket.Name);
        json.WriteString("project", bucket.Project);
        json.WriteString("storageClass", bucket.StorageClass);
        json.WriteNumber("objects", objects);
        json.WriteNumber("storedBytes", bytes);
        json.WriteEndObject();
    }

    /// <summary>The MD5 in hexadecimal digits, as files are compared on the command line.</summary>
    private static void Write(Utf8JsonWriter json, StoredObject stored)
    {
        json.WriteStartObject();
        json.WriteString("name", stored.Name);
        json.WriteNumber("size", stored.Size);
        json.WriteString("md5", Convert.ToHexStringLower(Convert.FromBase64String(stored.Md5Hash)));
        json.WriteString("storageClass", stored.StorageClass);
        json.WriteString("contentType", stored.Metadata.ContentType);
        json.WriteNumber("generation", stored.Generation);
        json.WriteStartObject("metadata");
        foreach ((string name, string value) in stored.Metadata.Custom)
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }
}
