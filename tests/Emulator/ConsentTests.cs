using System.Net;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ConsentTests
{
    private const string NotATester =
        "<p>emulator-client has not completed the Google verification process. The app is currently being tested, and can only be accessed by "
        + "developer-approved testers. If you think you should have access, contact the developer.</p><p>Error 403: access_denied</p>";

    [Fact]
    public async Task In_testing_only_test_users_can_consent()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { PublishingStatus = PublishingStatus.Testing });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator)).Status);
        Assert.NotNull((await SignIn.AllowAsync(emulator))["code"]);
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("login_hint", "stranger"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains(NotATester, page, StringComparison.Ordinal);

        await emulator.PostAsync("emulator/oauth", new { testUsers = (string[])["stranger"] });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator, ("login_hint", "stranger"))).Status);
        Assert.Equal(HttpStatusCode.Forbidden, (await SignIn.OpenAsync(emulator)).Status);
        await emulator.PostAsync("emulator/tokens", new { }, HttpStatusCode.Forbidden);
        await emulator.PostAsync("emulator/tokens", new { user = "stranger" });
        await emulator.PostAsync("emulator/oauth", new { publishingStatus = "inProduction" });
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator)).Status);
    }

    [Fact]
    public async Task A_form_that_was_open_is_refused_too()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth", new { publishingStatus = "testing", testUsers = Array.Empty<string>() });
        using FormUrlEncodedContent form = new(SignIn.Request(("decision", "allow")));
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("o/oauth2/v2/auth", UriKind.Relative), form);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
    }
}
