using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class DisabledApiTests
{
    private static string Details(string title, string service) =>
        $$$"""
        [{"@type":"type.googleapis.com/google.rpc.ErrorInfo","reason":"SERVICE_DISABLED","domain":"googleapis.com","metadata":{
        "service":"{{{service}}}","serviceTitle":"{{{title}}}","consumer":"projects/1","containerInfo":"1",
        "activationUrl":"https://console.developers.google.com/apis/api/{{{service}}}/overview?project=1"}},
        {"@type":"type.googleapis.com/google.rpc.LocalizedMessage","locale":"en-US","message":"{{{Message(title, service)}}}"},
        {"@type":"type.googleapis.com/google.rpc.Help","links":[{"description":"Google developers console API activation",
        "url":"https://console.developers.google.com/apis/api/{{{service}}}/overview?project=1"}]}]
        """.ReplaceLineEndings("");

    private static string Message(string title, string service) =>
        $"{title} has not been used in project 1 before or it is disabled. Enable it by visiting "
        + $"https://console.developers.google.com/apis/api/{service}/overview?project=1 then retry. If you enabled this API recently, wait a few "
        + "minutes for the action to propagate to our systems and retry.";

    [Theory]
    [InlineData("photoslibrary", "Photos Library API", "v1/albums", "picker/v1/sessions")]
    [InlineData("photospicker", "Google Photos Picker API", "picker/v1/sessions", "v1/albums")]
    public async Task An_API_that_is_not_enabled_is_refused_in_Googles_words(string api, string title, string path, string other)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        emulator.Authorize((await emulator.IssueAsync("photoslibrary.appendonly", "photospicker.mediaitems.readonly")).AccessToken);
        await emulator.PostAsync("emulator/oauth", new { disabledApis = (string[])[api] });
        string service = $"{api}.googleapis.com";
        object body = new { album = new { title = "T" } };
        JsonElement refused = await emulator.PostAsync(path, path == "v1/albums" ? body : new { }, HttpStatusCode.Forbidden);
        Assert.Equal(
            "{\"error\":{\"code\":403,\"message\":\"" + Message(title, service) + "\",\"status\":\"PERMISSION_DENIED\",\"details\":"
            + Details(title, service) + "}}",
            refused.GetRawText());
        JsonElement legacy = await emulator.PostAsync(path + "?alt=json", path == "v1/albums" ? body : new { }, HttpStatusCode.Forbidden);
        Assert.Equal(
            $$"""[{"message":"{{Message(title, service)}}","domain":"usageLimits","reason":"accessNotConfigured"}]""",
            legacy.GetProperty("error").GetProperty("errors").GetRawText());
        await emulator.PostAsync(other, other == "v1/albums" ? body : new { });

        await emulator.PostAsync("emulator/oauth", new { disabledApis = Array.Empty<string>() });
        await emulator.PostAsync(path, path == "v1/albums" ? body : new { });
    }

    [Fact]
    public async Task Uploads_are_refused_as_uploads_are()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth", new { disabledApis = (string[])["photoslibrary"] });
        using HttpResponseMessage response = await emulator.SendUploadAsync(TinyJpeg.Make());
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith(
            """{"code":7,"message":"Photos Library API has not been used in project 1 before""",
            await response.Content.ReadAsStringAsync(),
            StringComparison.Ordinal);
        await emulator.RefusedAsync("v1/albums/none", HttpStatusCode.Forbidden);
        emulator.Authorize("made-up");
        await emulator.RefusedAsync("v1/albums", HttpStatusCode.Unauthorized);
    }
}
