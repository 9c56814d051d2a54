using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Picking without a browser, and looking at what sessions there are.</summary>
public sealed class PickerAdminTests
{
    private static async Task<JsonElement> DoneAsync(TestEmulator emulator, string session)
    {
        using CancellationTokenSource patience = new(TimeSpan.FromSeconds(20));
        while (true)
        {
            JsonElement seen = await emulator.GetAsync($"picker/v1/sessions/{session}");
            if (seen.Has("mediaItemsSet"))
            {
                return seen;
            }

            await Task.Delay(10, patience.Token);
        }
    }

    [Fact]
    public async Task Items_are_picked_by_either_id_in_the_order_given()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { Items = 2, ForeignItems = 2 });
        JsonElement[] items = [.. (await emulator.GetAsync("emulator/items")).EnumerateArray()];
        string session = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.PickAsync(session, new { ids = new[] { items[3].Text("id"), items[0].Text("pickerId"), items[3].Text("pickerId") } });
        Assert.Equal([items[3].Text("pickerId"), items[0].Text("pickerId")], (await emulator.ListAsync(session)).Ids());
        Assert.Equal(
            [items[3].Text("id"), items[0].Text("id")],
            (await emulator.SessionsAsync())[0].GetProperty("pickedIds").EnumerateArray().Select(id => id.GetString()));
    }

    [Fact]
    public async Task What_cannot_be_picked_is_refused()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string[] mine = await emulator.SeedAsync(new { count = 3 });
        string[] others = await emulator.SeedAsync(new { user = "other", foreign = true });
        string session = (await emulator.CreateSessionAsync(maximum: 2)).Text("id");
        foreach (object what in (object[])
            [new { ids = mine }, new { all = true }, new { first = 3 }, new { ids = others }, new { ids = (string[])["none"] },
             new { all = true, first = 1 }, new { first = -1 }, new { all = true, afterMilliseconds = 1 }, new { first = 1, afterMilliseconds = -1 }])
        {
            await emulator.PickAsync(session, what, HttpStatusCode.BadRequest);
        }

        Assert.Equal("picking", (await emulator.SessionsAsync()).Single().Text("state"));
        await emulator.PickAsync(session, new { first = 2 });
        await emulator.PickAsync(session, new { first = 1 }, HttpStatusCode.BadRequest);
        await emulator.PickAsync("none", new { first = 1 }, HttpStatusCode.NotFound);
        Assert.Equal(2, (await emulator.ListAsync(session)).Ids().Length);
    }

    [Fact]
    public async Task Picking_can_come_later_and_after_the_end_comes_to_nothing()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 3 });
        string session = (await emulator.CreateSessionAsync()).Text("id");
        string deleted = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.PickAsync(deleted, new { all = true, afterMilliseconds = 1 });
        await emulator.DeleteSessionAsync(deleted);
        await emulator.PickAsync(session, new { all = true, afterMilliseconds = 100 });
        await DoneAsync(emulator, session);
        Assert.Equal(3, (await emulator.ListAsync(session)).Ids().Length);
        Assert.Equal("deleted", (await emulator.SessionsAsync())[1].Text("state"));
    }

    [Theory]
    [InlineData(4, null, 4)]
    [InlineData(4, 2, 2)]
    [InlineData(0, null, 0)]
    [InlineData(50, null, 5)]
    public async Task Without_a_user_the_newest_are_picked_by_themselves(int autoPick, int? maximum, int expected)
    {
        PickerOptions options = new() { AutoPick = autoPick, AutoPickAfter = TimeSpan.FromMilliseconds(30) };
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options, new EmulatorOptions { ForeignItems = 5 });
        string session = (await emulator.CreateSessionAsync(maximum)).Text("id");
        await DoneAsync(emulator, session);
        string[] newest = [.. (await emulator.GetAsync("emulator/items")).EnumerateArray().Take(expected).Select(item => item.Text("pickerId"))];
        Assert.Equal(newest, (await emulator.ListAsync(session)).Ids());
        await emulator.PostAsync("emulator/picker", new { autoPick = (int?)null });
        Assert.Equal(JsonValueKind.Null, (await emulator.GetAsync("emulator/picker")).GetProperty("settings").GetProperty("autoPick").ValueKind);
    }

    [Fact]
    public async Task Sessions_are_shown_with_what_became_of_them()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        string requestId = Guid.NewGuid().ToString();
        string picking = (await emulator.CreateSessionAsync(5, $"?requestId={requestId}")).Text("id");
        string picked = await emulator.PickAllAsync();
        string deleted = (await emulator.CreateSessionAsync()).Text("id");
        string expired = (await emulator.CreateSessionAsync()).Text("id");
        await emulator.DeleteSessionAsync(deleted);
        await emulator.PostAsync($"emulator/picker/{expired}/expire", new { });
        await emulator.GetAsync($"picker/v1/sessions/{picking}");
        await emulator.GetAsync($"picker/v1/sessions/{picking}");

        Assert.Equal(2, (await emulator.GetAsync("emulator/picker")).GetProperty("live").GetInt32());
        JsonElement[] sessions = await emulator.SessionsAsync();
        Assert.Equal(
            [(picking, "picking"), (picked, "picked"), (deleted, "deleted"), (expired, "expired")],
            sessions.Select(session => (session.Text("id"), session.Text("state"))));
        Assert.Equal((requestId, 5, 2), (
            sessions[0].Text("requestId"), sessions[0].GetProperty("maxItemCount").GetInt32(), sessions[0].GetProperty("polls").GetInt32()));
        Assert.Equal((2000, "user", "emulator-project"), (
            sessions[1].GetProperty("maxItemCount").GetInt32(), sessions[1].Text("user"), sessions[1].Text("project")));
        await emulator.PostAsync("emulator/picker/none/expire", new { }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Settings_change_one_by_one()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        JsonElement settings = (await emulator.PostAsync("emulator/picker", new
        {
            pollIntervalMilliseconds = 20,
            timeoutMilliseconds = 300,
            sessionLifetimeSeconds = 7,
            sessionLimit = 3,
            autoPick = 9,
            autoPickAfterMilliseconds = 60_000,
            inactiveUsers = new[] { "nobody" },
            unsignedMediaStatus = 403,
            cameraInPhotoMetadata = true,
        })).GetProperty("settings");
        string changed = """
            {"pollIntervalMilliseconds":20,"timeoutMilliseconds":300,"sessionLifetimeSeconds":7,"sessionLimit":3,"autoPick":9,
            "autoPickAfterMilliseconds":60000,"inactiveUsers":["nobody"],"unsignedMediaStatus":403,"cameraInPhotoMetadata":true}
            """.ReplaceLineEndings("");
        Assert.Equal(changed, settings.GetRawText());
        Assert.Equal("0.020s", (await emulator.CreateSessionAsync()).GetProperty("pollingConfig").Text("pollInterval"));
        Assert.Equal(changed, (await emulator.PostAsync("emulator/picker", new { })).GetProperty("settings").GetRawText());
        foreach (object wrong in (object[])[new { sessionLimit = -1 }, new { unsignedMediaStatus = 402 }, new { unknown = 1 }])
        {
            await emulator.PostAsync("emulator/picker", wrong, HttpStatusCode.BadRequest);
        }
    }
}
