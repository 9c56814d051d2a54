using System.Net;
using System.Text.Json;
using GPhotos.Emulator;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>What an app does with the Picker, and a user in it.</summary>
internal static class PickerExtensions
{
    public const string Scope = "photospicker.mediaitems.readonly";

    /// <summary>An emulator whose client has a token for the Picker.</summary>
    public static async Task<TestEmulator> StartAsync(PickerOptions? picker = null, EmulatorOptions? options = null)
    {
        TestEmulator emulator = await TestEmulator.StartAsync((options ?? new EmulatorOptions()) with { Picker = picker ?? new() });
        emulator.Authorize((await emulator.IssueAsync(Scope)).AccessToken);
        return emulator;
    }

    /// <summary>Makes a token for somebody else and goes on with it.</summary>
    public static async Task BecomeAsync(this TestEmulator emulator, string user = "user", string? project = null, string scope = Scope) =>
        emulator.Authorize((await emulator.PostAsync("emulator/tokens", new { user, project, scopes = new[] { scope } })).Text("access_token"));

    public static Task<JsonElement> CreateSessionAsync(this TestEmulator emulator, int? maximum = null, string query = "") =>
        emulator.PostAsync(
            $"picker/v1/sessions{query}",
            maximum is null ? new { } : new { pickingConfig = new { maxItemCount = $"{maximum}" } });

    public static Task<JsonElement> PickAsync(
        this TestEmulator emulator, string session, object what, HttpStatusCode expected = HttpStatusCode.OK) =>
        emulator.PostAsync($"emulator/picker/{session}/pick", what, expected);

    /// <summary>A session in which all was picked.</summary>
    public static async Task<string> PickAllAsync(this TestEmulator emulator)
    {
        string session = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.PickAsync(session, new { all = true });
        return session;
    }

    public static Task<JsonElement> ListAsync(this TestEmulator emulator, string session, string more = "") =>
        emulator.GetAsync($"picker/v1/mediaItems?sessionId={session}{more}");

    public static JsonElement[] Items(this JsonElement page) => [.. page.GetProperty("mediaItems").EnumerateArray()];

    public static async Task<JsonElement[]> SessionsAsync(this TestEmulator emulator) =>
        [.. (await emulator.GetAsync("emulator/picker")).GetProperty("sessions").EnumerateArray()];

    public static async Task<HttpStatusCode> DeleteSessionAsync(this TestEmulator emulator, string session)
    {
        using HttpResponseMessage response = await emulator.Http.DeleteAsync(new Uri($"picker/v1/sessions/{session}", UriKind.Relative));
        return response.StatusCode;
    }
}
