using System.Text.Json.Serialization;

namespace GPhotos.Core.Journal;

/// <summary>Lists that are handed to SQLite as one parameter, for its json_each.</summary>
[JsonSerializable(typeof(IReadOnlyList<string>))]
[JsonSerializable(typeof(IEnumerable<long>))]
internal sealed partial class JournalJson : JsonSerializerContext;
