using System.Text.Json;
using System.Text.RegularExpressions;
using GPhotos.Core;
using GPhotos.Core.Gallery;

namespace GPhotos.Tests.Gallery;

/// <summary>A page that was written, and what it was told.</summary>
internal sealed partial record GalleryPage(string Text, IReadOnlyList<GalleryOutcome> Outcomes)
{
    public JsonElement[] Items { get; } =
        [.. JsonDocument.Parse(Data().Match(Text).Groups[1].Value).RootElement.EnumerateArray()];

    public JsonElement Named(string name) => Items.Single(i => i.GetProperty("name").GetString() == name);

    public static async Task<GalleryPage> WriteAsync(GPhotosClient client, GalleryOptions options, params IEnumerable<GalleryEntry> entries)
    {
        List<GalleryOutcome> outcomes = await client.Gallery.WriteAsync(entries.ToAsyncEnumerable(), options).ToListAsync();
        return new GalleryPage(await File.ReadAllTextAsync(options.Path), outcomes);
    }

    [GeneratedRegex("<script type=\"application/json\" id=\"items\">(.*?)</script>", RegexOptions.Singleline)]
    private static partial Regex Data();
}
