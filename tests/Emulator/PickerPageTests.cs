using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>The page a user picks on, without a browser.</summary>
public sealed partial class PickerPageTests
{
    [GeneratedRegex("name=\"id\" value=\"([^\"]+)\"")]
    private static partial Regex Boxes();

    [GeneratedRegex("(?:src|href)=\"([^\"]+)\"")]
    private static partial Regex Links();

    private static async Task<(HttpStatusCode Status, string Page)> PostAsync(TestEmulator emulator, string address, IEnumerable<string> ids)
    {
        using FormUrlEncodedContent form = new(ids.Select(id => KeyValuePair.Create("id", id)));
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri(address), form);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task It_shows_all_that_the_user_has_and_nothing_of_others()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { Items = 4, ForeignItems = 6 });
        await emulator.SeedAsync(new { project = "other-project", fileName = "<b>.jpg" });
        await emulator.SeedAsync(new { user = "other", fileName = "secret.jpg" });
        string address = (await emulator.CreateSessionAsync(maximum: 7)).Text("pickerUri");
        emulator.Authorize(null);
        foreach (string uri in (string[])[address, address + "/autoclose"])
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(uri));
            string page = await response.Content.ReadAsStringAsync();
            Assert.Equal("DENY", response.Headers.GetValues("X-Frame-Options").Single());
            Assert.Equal(11, Boxes().Count(page));
            Assert.Contains("data-most=\"7\"", page, StringComparison.Ordinal);
            Assert.Contains("&lt;b&gt;.jpg", page, StringComparison.Ordinal);
            Assert.DoesNotContain("secret.jpg", page, StringComparison.Ordinal);
            Assert.Equal(uri != address, page.Contains("data-autoclose", StringComparison.Ordinal));
            string[] links = [.. Links().Matches(page).Select(link => link.Groups[1].Value)];
            Assert.Equal(11, links.Count(link => link.StartsWith("/picker/", StringComparison.Ordinal)));
            Assert.All(links, link => Assert.True(link[0] == '/' || link == "data:,", link));
            foreach (string link in links.Where(link => link[0] == '/'))
            {
                using HttpResponseMessage picture = await emulator.Http.GetAsync(new Uri(link, UriKind.Relative));
                Assert.StartsWith("image/", picture.Content.Headers.ContentType!.MediaType, StringComparison.Ordinal);
                Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
            }
        }

        Assert.Equal(0, (await emulator.GetAsync("emulator/stats/downloads")).GetProperty("items").GetInt32());
    }

    [Fact]
    public async Task Done_gives_the_ticked_items_to_the_app_and_the_page_is_over()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { ForeignItems = 4 });
        JsonElement session = await emulator.CreateSessionAsync(maximum: 3);
        string address = session.Text("pickerUri");
        string[] ids = [.. Boxes().Matches(await emulator.Http.GetStringAsync(new Uri(address))).Select(box => box.Groups[1].Value)];
        (HttpStatusCode status, string page) = await PostAsync(emulator, address, ids);
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("4 are too many", page, StringComparison.Ordinal);
        Assert.True((await emulator.GetAsync($"picker/v1/sessions/{session.Text("id")}")).Has("pollingConfig"));

        (status, page) = await PostAsync(emulator, address, [ids[1], ids[3], ids[1], "made-up"]);
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Contains("Done: 2 picked", page, StringComparison.Ordinal);
        Assert.Equal([ids[1], ids[3]], (await emulator.ListAsync(session.Text("id"))).Ids());

        (status, page) = await PostAsync(emulator, address, ids[..1]);
        Assert.Equal(HttpStatusCode.Gone, status);
        foreach (string uri in (string[])[address, address + "/autoclose", $"{address}/thumbnails/{ids[0]}"])
        {
            using HttpResponseMessage over = await emulator.Http.GetAsync(new Uri(uri));
            Assert.Equal(HttpStatusCode.Gone, over.StatusCode);
            Assert.Contains("This session is over", await over.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        Assert.Equal(2, (await emulator.ListAsync(session.Text("id"))).Ids().Length);
    }

    [Fact]
    public async Task More_boxes_than_a_form_usually_has_can_be_ticked()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync(options: new EmulatorOptions { Items = 2100 });
        JsonElement session = await emulator.CreateSessionAsync();
        string[] ids = [.. Boxes().Matches(await emulator.Http.GetStringAsync(new Uri(session.Text("pickerUri")))).Select(box => box.Groups[1].Value)];
        Assert.Equal(HttpStatusCode.BadRequest, (await PostAsync(emulator, session.Text("pickerUri"), ids)).Status);
        Assert.Equal(HttpStatusCode.OK, (await PostAsync(emulator, session.Text("pickerUri"), ids[..2000])).Status);
        Assert.Equal(2000, (await emulator.SessionsAsync()).Single().GetProperty("pickedIds").GetArrayLength());
    }

    [Fact]
    public async Task A_session_that_ended_has_no_page()
    {
        await using TestEmulator emulator = await PickerExtensions.StartAsync();
        JsonElement session = await emulator.CreateSessionAsync();
        await emulator.DeleteSessionAsync(session.Text("id"));
        foreach (string uri in (string[])[session.Text("pickerUri"), $"{emulator.Address}picker/never-was"])
        {
            using HttpResponseMessage over = await emulator.Http.GetAsync(new Uri(uri));
            Assert.Equal(HttpStatusCode.Gone, over.StatusCode);
        }
    }
}
