using GPhotos.Core.Downloads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class MediaRedirectTests
{
    [Fact]
    public async Task A_redirect_to_a_media_host_is_followed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string id = await google.SeedOneAsync(new { fileName = "a.mp4", mimeType = "video/mp4", size = 5000 });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = "/lr/*", status = 302, headers = new { Location = item.BaseUrl + "=dv" } });

        SaveOutcome outcome = Assert.Single(
            await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
        Assert.Equal(await google.OriginalAsync(id), await File.ReadAllBytesAsync(folder["a.mp4"]));
    }

    [Fact]
    public async Task A_redirect_to_any_other_host_is_not()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using RecordingServer stranger = await RecordingServer.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = "/lr/*", status = 302, headers = new { Location = stranger.Address }, count = 0 });

        SaveOutcome outcome = Assert.Single(
            await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.IsType<UnexpectedResponseException>(outcome.Error);
        Assert.Empty(stranger.Requests);
        Assert.Empty(folder.Names);
    }

    [Fact]
    public async Task Redirects_that_do_not_end_are_given_up()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        await google.FaultAsync(new { path = "/lr/*", status = 302, headers = new { Location = item.BaseUrl + "=d" }, count = 0 });

        SaveOutcome outcome = Assert.Single(
            await google.Client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.Equal(302, Assert.IsType<DownloadFailedException>(outcome.Error).HttpStatus);
    }
}
