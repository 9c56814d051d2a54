using System.Globalization;
using System.Text.Json;
using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>Objects and buckets as the resources that the JSON API answers.</summary>
internal sealed class ObjectJson(EmulatorState state)
{
    public void Write(Utf8JsonWriter json, StoredObject stored)
    {
        string path = $"b/{Uri.EscapeDataString(stored.Bucket)}/o/{Uri.EscapeDataString(stored.Name)}";
        json.WriteStartObject();
        json.WriteString("kind", "storage#object");
        json.WriteString("id", string.Create(CultureInfo.InvariantCulture, $"{stored.Bucket}/{stored.Name}/{stored.Generation}"));
        json.WriteString("selfLink", Address($"storage/v1/{path}"));
        json.WriteString("mediaLink", Address(string.Create(
            CultureInfo.InvariantCulture, $"download/storage/v1/{path}?generation={stored.Generation}&alt=media")));
        json.WriteString("name", stored.Name);
        json.WriteString("bucket", stored.Bucket);
        json.WriteLong("generation", stored.Generation);
        json.WriteLong("metageneration", stored.Metageneration);
        json.WriteString("storageClass", stored.StorageClass);
        json.WriteLong("size", stored.Size);
        json.WriteString("md5Hash", stored.Md5Hash);
        json.WriteString("crc32c", stored.Crc32C);
        json.WriteString("etag", stored.ETag);
        json.WriteTime("timeCreated", stored.TimeCreated);
        json.WriteTime("updated", stored.Updated);
        json.WriteTime("timeStorageClassUpdated", stored.TimeCreated);
        foreach ((string name, string value) in stored.Metadata.Fields)
        {
            json.WriteString(name, value);
        }

        if (stored.Metadata.Custom.Count > 0)
        {
            json.WriteStartObject("metadata");
            foreach ((string name, string value) in stored.Metadata.Custom)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    public void Write(Utf8JsonWriter json, Bucket bucket)
    {
        json.WriteStartObject();
        json.WriteString("kind", "storage#bucket");
        json.WriteString("id", bucket.Name);
        json.WriteString("selfLink", Address($"storage/v1/b/{bucket.Name}"));
        json.WriteString("name", bucket.Name);
        json.WriteString("projectNumber", "1");
        json.WriteString("metageneration", "1");
        json.WriteString("location", "US");
        json.WriteString("locationType", "multi-region");
        json.WriteString("storageClass", bucket.StorageClass);
        json.WriteString("etag", "CAE=");
        json.WriteTime("timeCreated", bucket.TimeCreated);
        json.WriteTime("updated", bucket.TimeCreated);
        json.WriteStartObject("iamConfiguration");
        json.WriteStartObject("uniformBucketLevelAccess");
        json.WriteBoolean("enabled", true);
        json.WriteEndObject();
        json.WriteString("publicAccessPrevention", "enforced");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private string Address(string path) => state.Address.AbsoluteUri + path;
}
