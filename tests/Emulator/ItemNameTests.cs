using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ItemNameTests
{
    public static TheoryData<string> Names =>
    [
        "../../etc/x", "..\\..\\x.jpg", "C:\\x.jpg", "/", ".", new string('n', 296) + ".jpg", "Gru\u0308\u00DFe.jpg", "a\0b\u0007\r\n\u001B[31m.jpg", "\u202Egpj.exe", "CON", " x. ",
    ];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Any_name_is_taken_and_listed_as_it_is(string fileName)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { fileName }))[0];
        JsonElement listed = (await emulator.GetAsync("v1/mediaItems")).GetProperty("mediaItems")[0];
        Assert.Equal((id, fileName), (listed.Text("id"), listed.Text("filename")));
        Assert.Equal(fileName, (await emulator.GetAsync("emulator/items"))[0].Text("fileName"));
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=d"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task An_empty_name_is_left_out_on_the_wire_as_every_empty_text_is()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { fileName = "" }))[0];
        Assert.False((await emulator.GetAsync($"v1/mediaItems/{id}")).Has("filename"));
        Assert.Equal("", (await emulator.GetAsync("emulator/items"))[0].Text("fileName"));
        using HttpResponseMessage response = await emulator.Http.GetAsync(await emulator.BaseUrlAsync(id, "=d"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Many_items_of_one_description_have_numbered_names()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.SeedAsync(new { fileName = "../up/a.b.jpg", count = 3 });
        string[] names = [.. (await emulator.GetAsync("emulator/items")).EnumerateArray().Select(item => item.Text("fileName"))];
        Assert.Equal(["../up/a.b.jpg", "../up/a.b_1.jpg", "../up/a.b_2.jpg"], names.Order(StringComparer.Ordinal));
    }
}
