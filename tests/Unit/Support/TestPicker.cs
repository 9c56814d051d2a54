using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Core;
using GPhotos.Core.Auth;

namespace GPhotos.Tests.Support;

/// <summary>The person at the page of the Picker, and what the emulator knows of its sessions.</summary>
internal static class TestPicker
{
    public static string[] Scopes { get; } = [.. GPhotosScopes.Library, GPhotosScopes.ReadPickedMediaItems];

    /// <summary>A client that may list, save and pick.</summary>
    public static async Task<GPhotosClient> NewPickerAsync(this TestGoogle google) => google.NewClient((await google.IssueAsync(Scopes)).AccessToken);

    /// <summary>Picks and chooses Done: { ids }, { all = true }, { first = 3 }.</summary>
    public static Task PickAsync(this TestGoogle google, string sessionId, object choice) => google.PostAsync($"emulator/picker/{sessionId}/pick", choice);

    public static Task ExpireSessionAsync(this TestGoogle google, string sessionId) => google.PostAsync($"emulator/picker/{sessionId}/expire", new { });

    /// <summary>A session in which everything was picked, and its items.</summary>
    public static async Task<(string SessionId, List<MediaItem> Items)> PickAllAsync(this TestGoogle google, GPhotosClient client)
    {
        string id = (await client.Picker.CreateAsync()).Id;
        await google.PickAsync(id, new { all = true });
        return (id, await client.Picker.ListAsync(id).ToListAsync());
    }

    /// <summary>How many sessions are open.</summary>
    public static async Task<int> OpenSessionsAsync(this TestGoogle google) =>
        (await google.Http.GetFromJsonAsync<JsonElement>("emulator/picker")).GetProperty("live").GetInt32();
}
