using GPhotos.Core.Downloads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class FileTimeTests
{
    [Theory]
    [InlineData("1850-06-01T00:00:00Z")]
    [InlineData("1902-01-01T00:00:00Z")]
    [InlineData("9999-12-31T00:00:00Z")]
    public async Task A_time_that_no_file_system_holds_does_not_save_the_item_anew_each_run(string creationTime)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "scan.jpg", creationTime });
        List<MediaItem> items = await google.Client.MediaItems.AllAsync();
        SaveOptions options = new() { Destination = folder.Path };

        await google.Client.Saver.SaveAllAsync(items.ToSave(), options);
        SaveOutcome again = Assert.Single(await google.Client.Saver.SaveAllAsync(items.ToSave(), options));

        Assert.Equal(SaveStatus.AlreadySaved, again.Result?.Status);
        Assert.Equal(["scan.jpg"], folder.Names);
    }

    [Fact]
    public async Task An_item_without_a_time_is_known_again_by_its_length()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        await google.SeedAsync(new { fileName = "a.jpg" });
        MediaItem item = Assert.Single(await google.Client.MediaItems.AllAsync());
        MediaItem timeless = new() { Id = item.Id, FileName = item.FileName, BaseUrl = item.BaseUrl, BaseUrlTime = item.BaseUrlTime };
        SaveOptions options = new() { Destination = folder.Path };

        await google.Client.Saver.SaveAllAsync(new[] { timeless }.ToSave(), options);
        SaveOutcome again = Assert.Single(await google.Client.Saver.SaveAllAsync(new[] { timeless }.ToSave(), options));

        Assert.Equal(SaveStatus.AlreadySaved, again.Result?.Status);
    }
}
