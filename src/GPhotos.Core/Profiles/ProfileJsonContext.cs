using System.Text.Json.Serialization;

namespace GPhotos.Core.Profiles;

[JsonSourceGenerationOptions(
    WriteIndented = true,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(WireProfile))]
[JsonSerializable(typeof(ProfileSecrets))]
[JsonSerializable(typeof(AccessGrant))]
[JsonSerializable(typeof(Profile))]
internal sealed partial class ProfileJsonContext : JsonSerializerContext;
