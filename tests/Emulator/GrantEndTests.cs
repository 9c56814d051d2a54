using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class GrantEndTests
{
    private const string Second = "emulator-client.second";

    private static async Task<(string Access, string Refresh)> IssueAsync(TestEmulator emulator, object? wanted = null)
    {
        JsonElement tokens = await emulator.PostAsync("emulator/tokens", wanted ?? new { });
        return (tokens.Text("access_token"), tokens.Text("refresh_token"));
    }

    private static async Task<int> EndAsync(TestEmulator emulator, object how) =>
        (await emulator.PostAsync("emulator/oauth/end", how)).GetProperty("ended").GetInt32();

    private static async Task<HttpStatusCode> OpensAsync(TestEmulator emulator, string accessToken)
    {
        emulator.Authorize(accessToken);
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri("v1/albums", UriKind.Relative));
        return response.StatusCode;
    }

    private static async Task<(HttpStatusCode Status, string Body)> RevokeAsync(TestEmulator emulator, string? form, string query = "")
    {
        using FormUrlEncodedContent? content = form is null ? null : new([new("token", form)]);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("revoke" + query, UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static async Task<string> EndingAsync(TestEmulator emulator) =>
        (await SignIn.GrantsAsync(emulator))[^1].Text("ended");

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task Revoking_ends_all_the_user_granted_any_client_of_the_project(bool byRefreshToken, bool inQuery)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator, new { clientId = Second });
        (string firstAccess, string firstRefresh) = await IssueAsync(emulator);
        (string otherUsers, _) = await IssueAsync(emulator, new { user = "other" });
        (string otherProjects, _) = await IssueAsync(emulator, new { project = "two" });
        string token = byRefreshToken ? refresh : access;

        Assert.Equal((HttpStatusCode.OK, "{}"), inQuery ? await RevokeAsync(emulator, null, "?token=" + token) : await RevokeAsync(emulator, token));
        await SignIn.RefusedAsync(emulator, firstRefresh, SignIn.Dead);
        Assert.Equal(HttpStatusCode.Unauthorized, await OpensAsync(emulator, access));
        Assert.Equal(HttpStatusCode.Unauthorized, await OpensAsync(emulator, firstAccess));
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, otherUsers));
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, otherProjects));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"invalid_token","error_description":"Token expired or revoked"}"""),
            await RevokeAsync(emulator, token));
    }

    [Fact]
    public async Task Only_a_live_token_can_be_revoked()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        const string Unknown = """{"error":"invalid_token","error_description":"Token expired or revoked"}""";
        (string over, string refresh) = await IssueAsync(emulator, new { expiresIn = 0 });
        Assert.Equal((HttpStatusCode.BadRequest, Unknown), await RevokeAsync(emulator, "made-up"));
        Assert.Equal((HttpStatusCode.BadRequest, Unknown), await RevokeAsync(emulator, over));
        Assert.Equal(
            (HttpStatusCode.BadRequest, """{"error":"invalid_request","error_description":"Missing required parameter: token"}"""),
            await RevokeAsync(emulator, null));
        await SignIn.RefreshesAsync(emulator, refresh);
    }

    [Fact]
    public async Task Two_clients_of_a_project_see_the_same_photos()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement item = await emulator.AddAsync(TinyJpeg.Make());
        (string access, _) = await IssueAsync(emulator, new { clientId = Second });
        emulator.Authorize(access);
        Assert.Equal([item.Text("id")], (await emulator.GetAsync("v1/mediaItems")).Ids());
        (access, _) = await IssueAsync(emulator, new { clientId = "emulator-client-two.second" });
        emulator.Authorize(access);
        Assert.Empty((await emulator.GetAsync("v1/mediaItems")).Ids());
        Assert.Equal("two", (await SignIn.GrantsAsync(emulator))[^1].Text("project"));
    }

    [Fact]
    public async Task A_user_who_removes_the_app_removes_the_whole_project()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator, new { clientId = Second });
        (string otherUsers, _) = await IssueAsync(emulator, new { user = "other" });
        Assert.Equal(2, await EndAsync(emulator, new { how = "removed", clientId = "emulator-client" }));
        await SignIn.RefusedAsync(emulator, refresh, """{"error":"invalid_grant","error_description":"Bad Request"}""");
        (HttpStatusCode Status, JsonElement Body) own = await SignIn.RefreshAsync(emulator, refresh, ("client_id", Second));
        Assert.Equal(SignIn.Dead, own.Body.GetRawText());
        Assert.Equal(HttpStatusCode.Unauthorized, await OpensAsync(emulator, access));
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, otherUsers));

        // The user can change their mind.
        await SignIn.RefreshesAsync(emulator, (await IssueAsync(emulator)).Refresh);
    }

    [Fact]
    public async Task A_disabled_account_has_nothing_left_and_cannot_consent()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string code = (await SignIn.AllowAsync(emulator, null, ("login_hint", "other")))["code"]!;
        (string access, string refresh) = await IssueAsync(emulator, new { user = "other", clientId = Second });
        Assert.Equal(1, await EndAsync(emulator, new { how = "accountDisabled", user = "other" }));
        Assert.Equal("accountDisabled", await EndingAsync(emulator));
        (HttpStatusCode Status, JsonElement Body) refused = await SignIn.RefreshAsync(emulator, refresh, ("client_id", Second));
        Assert.Equal(SignIn.Dead, refused.Body.GetRawText());
        Assert.Equal(HttpStatusCode.Unauthorized, await OpensAsync(emulator, access));
        Assert.Equal(HttpStatusCode.BadRequest, (await SignIn.ExchangeAsync(emulator, code)).Status);
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("login_hint", "other"));
        Assert.Equal(HttpStatusCode.Forbidden, status);
        Assert.Contains("Your account has been disabled.", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SignIn.OpenAsync(emulator)).Status);
    }

    [Theory]
    [InlineData("clientDeleted", "deleted_client", "The OAuth client was deleted.")]
    [InlineData("clientDisabled", "disabled_client", "The OAuth client was disabled.")]
    public async Task A_client_that_is_there_no_more_is_refused_everywhere(string how, string error, string says)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator);
        string code = (await SignIn.AllowAsync(emulator))["code"]!;
        (string sibling, _) = await IssueAsync(emulator, new { clientId = Second });
        Assert.Equal(2, await EndAsync(emulator, new { how }));

        string body = $$"""{"error":"{{error}}","error_description":"{{says}}"}""";
        await SignIn.RefusedAsync(emulator, refresh, body, HttpStatusCode.Unauthorized);
        (HttpStatusCode Status, JsonElement Body) exchanged = await SignIn.ExchangeAsync(emulator, code);
        Assert.Equal((HttpStatusCode.Unauthorized, body), (exchanged.Status, exchanged.Body.GetRawText()));
        Assert.Equal(HttpStatusCode.Unauthorized, await OpensAsync(emulator, access));
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator);
        Assert.Equal(HttpStatusCode.Unauthorized, status);
        Assert.Contains($"<p>{says}</p><p>Error 401: {error}</p>", page, StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, sibling));
        Assert.Equal(how, (await SignIn.GrantsAsync(emulator))[0].Text("ended"));
    }

    [Fact]
    public async Task A_sessions_end_asks_for_proof_at_the_next_refresh()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator);
        Assert.Equal(2, await EndAsync(emulator, new { how = "rapt" }));
        await SignIn.RefusedAsync(
            emulator,
            refresh,
            """
            {"error":"invalid_grant","error_description":"reauth related error (invalid_rapt)",
            "error_uri":"https://support.google.com/a/answer/9368756","error_subtype":"invalid_rapt"}
            """.ReplaceLineEndings(""));
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, access));
        Assert.Equal("rapt", await EndingAsync(emulator));
    }

    [Fact]
    public async Task A_new_password_means_nothing_to_Photos()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator);
        Assert.Equal(0, await EndAsync(emulator, new { how = "passwordChanged" }));
        await SignIn.RefreshesAsync(emulator, refresh);
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, access));
        Assert.All(await SignIn.GrantsAsync(emulator), grant => Assert.True(grant.GetProperty("live").GetBoolean()));
    }

    [Theory]
    [InlineData("""{}""")]
    [InlineData("""{"how":"forgotten"}""")]
    [InlineData("""{"how":"removed","clientId":"stranger"}""")]
    public async Task What_ends_nothing_is_refused(string request)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/oauth/end", JsonSerializer.Deserialize<JsonElement>(request), HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData(
        "admin_policy_enforced", HttpStatusCode.BadRequest,
        "Access to your account data is restricted by policies within your organization. Please contact the administrator of your organization "
        + "for more information.")]
    [InlineData("org_internal", HttpStatusCode.Forbidden, "This client is restricted to users within its organization.")]
    public async Task An_organization_stands_between_until_it_thinks_better(string restricted, HttpStatusCode pageStatus, string says)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string access, string refresh) = await IssueAsync(emulator);
        string code = (await SignIn.AllowAsync(emulator))["code"]!;
        await emulator.PostAsync("emulator/oauth", new { restricted });
        string body = $$"""{"error":"{{restricted}}","error_description":"{{says}}"}""";
        await SignIn.RefusedAsync(emulator, refresh, body);
        Assert.Equal(body, (await SignIn.ExchangeAsync(emulator, code)).Body.GetRawText());
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator);
        Assert.Equal(pageStatus, status);
        Assert.Contains($"<p>{says}</p><p>Error {(int)pageStatus}: {restricted}</p>", page, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await OpensAsync(emulator, access));

        await emulator.PostAsync("emulator/oauth", new { restricted = (string?)null });
        await SignIn.RefreshesAsync(emulator, refresh);
    }
}
