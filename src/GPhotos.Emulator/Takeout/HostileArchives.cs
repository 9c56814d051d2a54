using System.Text.Encodings.Web;
using System.Text.Json;

namespace GPhotos.Emulator.Takeout;

/// <summary>Makes archives that are broken, or made to do harm.</summary>
public static class HostileArchives
{
    /// <summary>The list of them, beside them.</summary>
    public const string ListFile = "hostile.json";

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Writes all of them, and a list.</summary>
    /// <param name="folder">Where they go; existing ones are written anew.</param>
    /// <returns>The list.</returns>
    public static IReadOnlyList<HostileArchive> Write(string folder)
    {
        Directory.CreateDirectory(folder);
        List<HostileArchive> list = [];
        foreach ((HostileArchive archive, byte[] content) in HostileZips.All().Concat(HostileTars.All()))
        {
            File.WriteAllBytes(Path.Combine(folder, archive.File), content);
            list.Add(archive);
        }

        File.WriteAllText(Path.Combine(folder, ListFile), JsonSerializer.Serialize(list, Json));
        return list;
    }
}
