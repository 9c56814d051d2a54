using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class TokenInfoTests
{
    private static async Task<string> TokenAsync(TestEmulator emulator, string user, params string[] scopes) =>
        (await emulator.PostAsync("emulator/tokens", new { user, scopes })).Text("access_token");

    private static async Task<(HttpStatusCode Status, string Body)> AskAsync(TestEmulator emulator, HttpMethod method, string path, string token)
    {
        bool inForm = method == HttpMethod.Post;
        using HttpRequestMessage request = new(method, new Uri(inForm ? path : $"{path}?access_token={token}", UriKind.Relative));
        request.Content = inForm ? new FormUrlEncodedContent([new("access_token", token)]) : null;
        using HttpResponseMessage response = await emulator.Http.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("GET", "tokeninfo")]
    [InlineData("POST", "tokeninfo")]
    [InlineData("GET", "oauth2/v3/tokeninfo")]
    [InlineData("POST", "oauth2/v3/tokeninfo")]
    public async Task A_token_is_told_about_with_numbers_as_strings(string method, string path)
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        string token = await TokenAsync(emulator, "user", "photoslibrary.appendonly");
        clock.Advance(TimeSpan.FromSeconds(99));
        Assert.Equal(
            (HttpStatusCode.OK, """
            {"azp":"emulator-client","aud":"emulator-client","scope":"https://www.googleapis.com/auth/photoslibrary.appendonly",
            "exp":"1714982888","expires_in":"3500","access_type":"offline"}
            """.ReplaceLineEndings("")),
            await AskAsync(emulator, new HttpMethod(method), path, token));
    }

    [Theory]
    [InlineData("tokeninfo", """{"error":"invalid_token","error_description":"Invalid Value"}""")]
    [InlineData("oauth2/v3/tokeninfo", """{"error_description":"Invalid Value"}""")]
    public async Task A_token_that_is_none_or_over_is_refused(string path, string body)
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        string token = await TokenAsync(emulator, "user", "openid");
        Assert.Equal((HttpStatusCode.BadRequest, body), await AskAsync(emulator, HttpMethod.Get, path, "made-up"));
        clock.Advance(TimeSpan.FromSeconds(3599));
        Assert.Equal((HttpStatusCode.BadRequest, body), await AskAsync(emulator, HttpMethod.Post, path, token));
    }

    [Theory]
    [InlineData("user", null, false, "photoslibrary.appendonly")]
    [InlineData("user", null, true, "openid")]
    [InlineData("user", null, true, "userinfo.profile")]
    [InlineData("user", "user@emulator.example", true, "email")]
    [InlineData("user", "user@emulator.example", true, "photoslibrary.appendonly", "userinfo.email")]
    [InlineData("one@example.com", "one@example.com", true, "openid", "email")]
    public async Task Identity_scopes_tell_who_the_user_is(string user, string? email, bool subject, params string[] scopes)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (_, string body) = await AskAsync(emulator, HttpMethod.Get, "tokeninfo", await TokenAsync(emulator, user, scopes));
        JsonElement info = JsonSerializer.Deserialize<JsonElement>(body);
        Assert.Equal((email, email is null ? null : "true"), (Text(info, "email"), Text(info, "email_verified")));
        Assert.Equal(subject, info.Has("sub"));
        Assert.Matches(subject ? "^1[0-9]{20}$" : "^$", Text(info, "sub") ?? "");
    }

    [Fact]
    public async Task A_user_has_one_id_and_no_other_user_has_it()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        List<string> subjects = [];
        foreach (string user in (string[])["user", "other", "user"])
        {
            (_, string body) = await AskAsync(emulator, HttpMethod.Get, "tokeninfo", await TokenAsync(emulator, user, "openid"));
            subjects.Add(Regex.Match(body, "\"sub\":\"([0-9]+)\"").Groups[1].Value);
        }

        Assert.Equal(subjects[0], subjects[2]);
        Assert.NotEqual(subjects[0], subjects[1]);
    }

    private static string? Text(JsonElement info, string name) => info.TryGetProperty(name, out JsonElement value) ? value.GetString() : null;
}
