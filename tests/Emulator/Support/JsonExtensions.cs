using System.Text.Json;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Short ways to what tests look at.</summary>
internal static class JsonExtensions
{
    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static bool Has(this JsonElement element, string name) => element.TryGetProperty(name, out _);

    public static string[] Ids(this JsonElement page, string list = "mediaItems") =>
        page.TryGetProperty(list, out JsonElement items) ? [.. items.EnumerateArray().Select(item => item.Text("id"))] : [];

    public static string? NextPageToken(this JsonElement page) =>
        page.TryGetProperty("nextPageToken", out JsonElement token) ? token.GetString() : null;

    public static int? Code(this JsonElement result) =>
        result.GetProperty("status").TryGetProperty("code", out JsonElement code) ? code.GetInt32() : null;
}
