using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class StorageTests
{
    [Fact]
    public async Task A_full_account_takes_uploads_and_refuses_the_whole_batch()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        byte[] one = TinyJpeg.Make(seed: "1");
        byte[] two = TinyJpeg.Make(seed: "2");
        await emulator.AddAsync(one);
        await emulator.PostAsync("emulator/storage", new { freeBytes = two.Length + 10 });
        byte[] three = TinyJpeg.Make(seed: "3");
        string[] tokens = [await emulator.UploadAsync(two), await emulator.UploadAsync(three)];
        JsonElement error = (await emulator.CreateAsync(HttpStatusCode.BadRequest, tokens)).GetProperty("error");
        Assert.Equal(
            ("The remaining storage in the user's account is not enough to perform this operation.", "INVALID_ARGUMENT", 400),
            (error.Text("message"), error.Text("status"), error.GetProperty("code").GetInt32()));
        Assert.Single((await emulator.GetAsync("v1/mediaItems")).Ids());

        // Nothing was made, so the tokens are good: one of the two fits, and what is there already takes no room.
        await emulator.CreateAsync(HttpStatusCode.OK, tokens[0], await emulator.UploadAsync(one));
        Assert.Equal("""{"freeBytes":10}""", (await emulator.GetAsync("emulator/storage")).GetRawText());
        await emulator.CreateAsync(HttpStatusCode.BadRequest, tokens[1]);
        await emulator.PostAsync("emulator/storage", new { freeBytes = (long?)null });
        await emulator.CreateAsync(HttpStatusCode.OK, tokens[1]);
        Assert.Equal("""{"freeBytes":null}""", (await emulator.GetAsync("emulator/storage")).GetRawText());
        await emulator.PostAsync("emulator/storage", new { freeBytes = -1 }, HttpStatusCode.BadRequest);
    }
}
