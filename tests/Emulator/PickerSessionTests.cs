using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class PickerSessionTests
{
    [Fact]
    public async Task A_new_session_has_its_page_and_says_how_to_poll()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { TimeProvider = clock });
        JsonElement created = await emulator.CreateSessionAsync();
        string id = created.Text("id");
        Assert.StartsWith($"{emulator.Address}picker/", created.Text("pickerUri"), StringComparison.Ordinal);
        Assert.DoesNotContain(id, created.Text("pickerUri"), StringComparison.Ordinal);
        Assert.Equal("""{"pollInterval":"5s","timeoutIn":"1800s"}""", created.GetProperty("pollingConfig").GetRawText());
        Assert.Equal("2024-05-07T07:08:09Z", created.Text("expireTime"));
        Assert.False(created.Has("mediaItemsSet"));
        Assert.False(created.Has("pickingConfig"));
        Assert.Equal(created.GetRawText(), (await emulator.GetAsync($"picker/v1/sessions/{id}")).GetRawText());
    }

    [Fact]
    public async Task Time_left_to_poll_counts_down_to_nothing()
    {
        ManualClock clock = new();
        PickerOptions options = new() { PollInterval = TimeSpan.FromMilliseconds(50), Timeout = TimeSpan.FromSeconds(2) };
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options, new EmulatorOptions { TimeProvider = clock });
        string id = (await emulator.CreateSessionAsync()).Text("id");
        List<string> seen = [];
        foreach (double milliseconds in (double[])[500, 1499.5, 0.5, 60_000])
        {
            clock.Advance(TimeSpan.FromMilliseconds(milliseconds));
            seen.Add((await emulator.GetAsync($"picker/v1/sessions/{id}")).GetProperty("pollingConfig").GetRawText());
        }

        string[] left = ["1.500s", "0.000500s", "0s", "0s"];
        Assert.Equal(left.Select(time => $$"""{"pollInterval":"0.050s","timeoutIn":"{{time}}"}"""), seen);
    }

    [Fact]
    public async Task Done_takes_the_polling_away()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        await emulator.SeedAsync(new { count = 3 });
        string id = (await emulator.CreateSessionAsync(maximum: 10)).Text("id");
        await emulator.PickAsync(id, new { first = 2, done = false });
        Assert.True((await emulator.GetAsync($"picker/v1/sessions/{id}")).Has("pollingConfig"));
        await emulator.PickAsync(id, new { });
        JsonElement done = await emulator.GetAsync($"picker/v1/sessions/{id}");
        Assert.False(done.Has("pollingConfig"));
        Assert.True(done.GetProperty("mediaItemsSet").GetBoolean());
        Assert.Equal("10", done.GetProperty("pickingConfig").Text("maxItemCount"));
        Assert.Equal(2, (await emulator.ListAsync(id)).Ids().Length);
    }

    [Theory]
    [InlineData("""{"pickingConfig":{"maxItemCount":"1"}}""", HttpStatusCode.OK)]
    [InlineData("""{"pickingConfig":{"maxItemCount":"2000"}}""", HttpStatusCode.OK)]
    [InlineData("""{"pickingConfig":{"maxItemCount":7}}""", HttpStatusCode.OK)]
    [InlineData("""{"picking_config":{"max_item_count":"7"}}""", HttpStatusCode.OK)]
    [InlineData("""{"pickingConfig":{}}""", HttpStatusCode.OK)]
    [InlineData("""{"mediaItemsSet":true,"id":"mine"}""", HttpStatusCode.OK)]
    [InlineData("", HttpStatusCode.OK)]
    [InlineData("""{"pickingConfig":{"maxItemCount":"0"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"pickingConfig":{"maxItemCount":"2001"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"pickingConfig":{"maxItemCount":"-1"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"pickingConfig":{"maxItemCount":"many"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"pickingConfig":{"mediaType":"VIDEO"}}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"maxItemCount":"1"}""", HttpStatusCode.BadRequest)]
    public async Task Only_the_maximum_can_be_asked_for_and_within_bounds(string body, HttpStatusCode expected)
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        using StringContent content = new(body, null, "application/json");
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("picker/v1/sessions", UriKind.Relative), content);
        Assert.Equal(expected, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(expected == HttpStatusCode.OK, answer.Has("pollingConfig"));
        Assert.Equal(expected == HttpStatusCode.OK ? 1 : 0, (await emulator.SessionsAsync()).Length);
        if (expected == HttpStatusCode.BadRequest)
        {
            Assert.Equal("INVALID_ARGUMENT", answer.GetProperty("error").Text("status"));
        }
    }

    [Fact]
    public async Task The_same_request_id_leads_to_the_same_session_while_it_is_there()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string query = $"?requestId={Guid.NewGuid()}";
        string id = (await emulator.CreateSessionAsync(query: query)).Text("id");
        Assert.Equal(id, (await emulator.CreateSessionAsync(query: query.ToUpperInvariant().Replace("REQUESTID", "requestId", StringComparison.Ordinal))).Text("id"));
        Assert.NotEqual(id, (await emulator.CreateSessionAsync(query: $"?requestId={Guid.NewGuid()}")).Text("id"));
        await emulator.BecomeAsync("other");
        Assert.NotEqual(id, (await emulator.CreateSessionAsync(query: query)).Text("id"));
        await emulator.BecomeAsync();
        Assert.Equal(HttpStatusCode.OK, await emulator.DeleteSessionAsync(id));
        Assert.NotEqual(id, (await emulator.CreateSessionAsync(query: query)).Text("id"));
        Assert.Equal(4, (await emulator.SessionsAsync()).Length);
    }

    [Theory]
    [InlineData("1")]
    [InlineData("0190d5c4-7b1e-7cc1-98c4-dc0c0c07398f")]
    [InlineData("{9b2d7a3e-52f1-4c0e-9d7b-1a2b3c4d5e6f}")]
    [InlineData("9b2d7a3e-52f1-4c0e-1d7b-1a2b3c4d5e6f")]
    public async Task A_request_id_is_a_UUID_of_version_4(string requestId)
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        JsonElement refused = await emulator.PostAsync(
            $"picker/v1/sessions?requestId={Uri.EscapeDataString(requestId)}", new { }, HttpStatusCode.BadRequest);
        Assert.Equal("INVALID_ARGUMENT", refused.GetProperty("error").Text("status"));
    }

    [Fact]
    public async Task A_deleted_session_is_gone_for_app_and_user()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string id = await emulator.PickAllAsync();
        using HttpResponseMessage deleted = await emulator.Http.DeleteAsync(new Uri($"picker/v1/sessions/{id}", UriKind.Relative));
        Assert.Equal("{}", await deleted.Content.ReadAsStringAsync());
        foreach (string path in (string[])[$"picker/v1/sessions/{id}", $"picker/v1/mediaItems?sessionId={id}", "picker/v1/sessions/never-was"])
        {
            Assert.Equal("NOT_FOUND", (await emulator.RefusedAsync(path, HttpStatusCode.NotFound)).Text("status"));
        }

        Assert.Equal(HttpStatusCode.NotFound, await emulator.DeleteSessionAsync(id));
        Assert.Equal("deleted", (await emulator.SessionsAsync()).Single().Text("state"));
    }

    [Fact]
    public async Task A_session_ends_with_its_time()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await PickerExtensions.StartAsync(
            new PickerOptions { SessionLifetime = TimeSpan.FromMinutes(10) }, new EmulatorOptions { TimeProvider = clock });
        await emulator.SeedAsync(new { count = 1 });
        string id = await emulator.PickAllAsync();
        string expires = (await emulator.GetAsync($"picker/v1/sessions/{id}")).Text("expireTime");
        Assert.Equal(clock.Now.AddMinutes(10), DateTimeOffset.Parse(expires, CultureInfo.InvariantCulture));
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromMilliseconds(1));
        Assert.Single((await emulator.ListAsync(id)).Ids());
        clock.Advance(TimeSpan.FromMilliseconds(1));
        await emulator.RefusedAsync($"picker/v1/sessions/{id}", HttpStatusCode.NotFound);
        await emulator.RefusedAsync($"picker/v1/mediaItems?sessionId={id}", HttpStatusCode.NotFound);
        Assert.Equal(HttpStatusCode.NotFound, await emulator.DeleteSessionAsync(id));
        Assert.Equal("expired", (await emulator.SessionsAsync()).Single().Text("state"));
    }

    [Fact]
    public async Task Nobody_sees_the_session_of_another_user_or_project()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string id = await emulator.PickAllAsync();
        foreach ((string user, string? project) in ((string, string?)[])[("other", null), ("user", "other-project")])
        {
            await emulator.BecomeAsync(user, project);
            await emulator.RefusedAsync($"picker/v1/sessions/{id}", HttpStatusCode.NotFound);
            await emulator.RefusedAsync($"picker/v1/mediaItems?sessionId={id}", HttpStatusCode.NotFound);
            Assert.Equal(HttpStatusCode.NotFound, await emulator.DeleteSessionAsync(id));
        }

        await emulator.BecomeAsync();
        await emulator.GetAsync($"picker/v1/sessions/{id}");
    }

    [Fact]
    public async Task Too_many_sessions_are_refused_until_one_is_deleted()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(new PickerOptions { SessionLimit = 2 });
        string id = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.CreateSessionAsync();
        JsonElement refused = (await emulator.PostAsync("picker/v1/sessions", new { }, HttpStatusCode.TooManyRequests)).GetProperty("error");
        Assert.Equal("RESOURCE_EXHAUSTED", refused.Text("status"));
        await emulator.BecomeAsync("other");
        await emulator.CreateSessionAsync();
        await emulator.BecomeAsync();
        await emulator.DeleteSessionAsync(id);
        await emulator.CreateSessionAsync();
        Assert.Equal(1, (await emulator.GetAsync("emulator/stats")).GetProperty("throttled").GetProperty("pickerSessions").GetInt32());
    }

    [Fact]
    public async Task A_user_without_account_cannot_pick()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(new PickerOptions { InactiveUsers = ["user"] });
        JsonElement refused = (await emulator.PostAsync("picker/v1/sessions", new { }, HttpStatusCode.BadRequest)).GetProperty("error");
        Assert.Equal("FAILED_PRECONDITION", refused.Text("status"));
        await emulator.BecomeAsync("other");
        await emulator.CreateSessionAsync();
    }

    [Fact]
    public async Task The_scope_of_the_Picker_opens_the_Picker_and_nothing_else()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string id = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Forbidden);
        await emulator.BecomeAsync(scope: "photoslibrary.readonly.appcreateddata");
        foreach ((string path, string rpc) in ((string, string)[])
            [($"picker/v1/sessions/{id}", "GetSession"), ($"picker/v1/mediaItems?sessionId={id}", "ListMediaItems")])
        {
            JsonElement error = await emulator.RefusedAsync(path, HttpStatusCode.Forbidden);
            Assert.Equal("Request had insufficient authentication scopes.", error.Text("message"));
            JsonElement info = error.GetProperty("details")[0];
            Assert.Equal("ACCESS_TOKEN_SCOPE_INSUFFICIENT", info.Text("reason"));
            Assert.Equal("photospicker.googleapis.com", info.GetProperty("metadata").Text("service"));
            Assert.EndsWith($".{rpc}", info.GetProperty("metadata").Text("method"), StringComparison.Ordinal);
        }

        Assert.Equal(HttpStatusCode.Forbidden, await emulator.DeleteSessionAsync(id));
        await emulator.PostAsync("picker/v1/sessions", new { }, HttpStatusCode.Forbidden);
        emulator.Authorize(null);
        Assert.Equal("UNAUTHENTICATED", (await emulator.RefusedAsync($"picker/v1/sessions/{id}", HttpStatusCode.Unauthorized)).Text("status"));
        emulator.Authorize("dead");
        Assert.Equal("UNAUTHENTICATED", (await emulator.RefusedAsync($"picker/v1/sessions/{id}", HttpStatusCode.Unauthorized)).Text("status"));
    }

    [Fact]
    public async Task The_Pickers_own_host_needs_no_head_of_the_path()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string id = (await emulator.CreateSessionAsync()).Text("id");
        using HttpRequestMessage request = new(HttpMethod.Get, $"v1/sessions/{id}");
        request.Headers.Host = "photospicker.googleapis.com";
        using HttpResponseMessage response = await emulator.Http.SendAsync(request);
        Assert.Equal(id, (await response.Content.ReadFromJsonAsync<JsonElement>()).Text("id"));
    }

    [Fact]
    public async Task Calls_are_counted_by_kind_cost_no_Library_call_and_can_be_disturbed()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { DailyLimit = 1, DailyMediaLimit = 1 });
        await emulator.SeedAsync(new { });
        string id = await emulator.PickAllAsync();
        await emulator.GetAsync($"picker/v1/sessions/{id}");
        for (int number = 0; number < 3; number++)
        {
            string url = (await emulator.ListAsync(id)).Items()[0].GetProperty("mediaFile").Text("baseUrl");
            Assert.NotEmpty(await emulator.Http.GetByteArrayAsync(new Uri(url + "=d")));
        }

        await emulator.DeleteSessionAsync(id);
        JsonElement stats = await emulator.GetAsync("emulator/stats");
        Assert.Equal(
            """{"picker.media.get":3,"picker.mediaItems.list":3,"picker.sessions.create":1,"picker.sessions.delete":1,"picker.sessions.get":1}""",
            stats.GetProperty("calls").GetRawText());
        Assert.Equal(0, stats.GetProperty("libraryCalls").GetInt32());
        JsonElement limits = await emulator.GetAsync("emulator/limits");
        Assert.Equal(("{}", "{}"), (limits.GetProperty("usedToday").GetRawText(), limits.GetProperty("mediaUsedToday").GetRawText()));

        await emulator.PostAsync("emulator/faults", new object[]
        {
            new { kind = "picker.sessions.*", status = 503 }, new { path = "/picker/v1/sessions", quota = "pickerPerMinute" },
        });
        await emulator.PostAsync("picker/v1/sessions", new { }, HttpStatusCode.ServiceUnavailable);
        JsonElement refused = await emulator.PostAsync("picker/v1/sessions", new { }, HttpStatusCode.TooManyRequests);
        Assert.Equal(
            "photospicker.googleapis.com", refused.GetProperty("error").GetProperty("details")[0].GetProperty("metadata").Text("service"));
        await emulator.CreateSessionAsync();
    }
}
