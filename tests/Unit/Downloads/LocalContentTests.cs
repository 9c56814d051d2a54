using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Downloads;

public sealed class LocalContentTests : IDisposable
{
    private static readonly DateTimeOffset Taken = new(2019, 5, 4, 3, 2, 1, TimeSpan.Zero);

    private readonly TempFolder _folder = new();
    private readonly GPhotosClient _client = new(new GPhotosClientOptions { Tokens = new NoSignIn(new NotConnectedException("Nobody is signed in.", "default")) });

    private SaveOptions Options => new() { Destination = _folder.Path };

    [Fact]
    public async Task Is_saved_without_a_sign_in_with_its_time_and_once()
    {
        byte[] bytes = new TestPicture().ToJpeg();
        FakeContent content = new(bytes);
        MediaItem item = Item(content);

        SaveOutcome first = Assert.Single(await _client.Saver.SaveAllAsync(new[] { item }.ToSave(), Options));
        SaveOutcome second = Assert.Single(await _client.Saver.SaveAllAsync(new[] { item }.ToSave(), Options));

        Assert.Null(first.Error);
        Assert.Equal(SaveStatus.Saved, first.Result!.Status);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_folder["IMG.jpg"]));
        Assert.Equal(Taken.UtcDateTime, File.GetLastWriteTimeUtc(_folder["IMG.jpg"]));
        Assert.Equal(SaveStatus.AlreadySaved, second.Result!.Status);
        Assert.Equal(1, content.Opened);
        Assert.Equal(["IMG.jpg"], _folder.Names);
    }

    [Fact]
    public async Task A_file_that_an_earlier_run_could_not_note_is_known_again_without_reading_the_archive()
    {
        byte[] bytes = new TestPicture().ToJpeg();
        await File.WriteAllBytesAsync(_folder["IMG.jpg"], bytes);
        File.SetLastWriteTimeUtc(_folder["IMG.jpg"], Taken.UtcDateTime);
        FakeContent content = new(bytes);

        SaveOutcome outcome = Assert.Single(await _client.Saver.SaveAllAsync(new[] { Item(content) }.ToSave(), Options));

        Assert.Equal(SaveStatus.AlreadySaved, outcome.Result?.Status);
        Assert.Equal(0, content.Opened);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(3_000_000)]
    public async Task What_is_shorter_than_announced_is_an_error_and_leaves_nothing(int missing)
    {
        byte[] bytes = new TestPicture().ToJpeg();
        FakeContent content = new(bytes) { Announced = bytes.Length + missing };

        SaveOutcome outcome = Assert.Single(await _client.Saver.SaveAllAsync(new[] { Item(content) }.ToSave(), Options));

        Assert.IsType<FileReadFailedException>(outcome.Error);
        Assert.Contains(content.Name, outcome.Error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Names);
        Assert.Equal(1, content.Opened);
    }

    [Fact]
    public async Task What_is_longer_than_announced_is_an_error_and_leaves_nothing()
    {
        FakeContent content = new(new byte[2_000_000]) { Announced = 100 };

        SaveOutcome outcome = Assert.Single(await _client.Saver.SaveAllAsync(new[] { Item(content) }.ToSave(), Options));

        Assert.IsType<FileReadFailedException>(outcome.Error);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Damage_that_shows_behind_the_last_byte_keeps_the_file_from_its_name()
    {
        byte[] bytes = new TestPicture().ToJpeg();
        FakeContent content = new(bytes) { Damage = new FileReadFailedException("The checksum differs.", "/archive.zip") };

        SaveOutcome outcome = Assert.Single(await _client.Saver.SaveAllAsync(new[] { Item(content) }.ToSave(), Options));

        Assert.IsType<FileReadFailedException>(outcome.Error);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Has_no_thumbnails()
    {
        SaveOptions options = Options with { Size = PictureBounds.Parse("100x100") };

        SaveOutcome outcome = Assert.Single(await _client.Saver.SaveAllAsync(new[] { Item(new FakeContent(new TestPicture().ToJpeg())) }.ToSave(), options));

        Assert.IsType<InvalidRequestException>(outcome.Error);
        Assert.Empty(_folder.Names);
    }

    [Fact]
    public async Task Needs_no_sign_in_though_what_is_beside_it_does()
    {
        MediaItem[] items = [Item(new FakeContent(new TestPicture().ToJpeg())), new MediaItem { Id = "online", FileName = "b.jpg" }];

        List<SaveOutcome> outcomes = await _client.Saver.SaveAllAsync(items.ToSave(), Options with { ThrottleLimit = 1 });

        Assert.Equal(SaveStatus.Saved, outcomes.Single(o => o.Request?.Id == "takeout-1").Result?.Status);
        Assert.Equal(SaveStatus.Pending, outcomes.Single(o => o.Request?.Id == "online").Result?.Status);
        Assert.IsType<NotConnectedException>(outcomes[^1].Error);
    }

    public void Dispose()
    {
        _client.Dispose();
        _folder.Dispose();
    }

    private static MediaItem Item(FakeContent content) => new()
    {
        Id = "takeout-1",
        FileName = "IMG.jpg",
        MimeType = "image/jpeg",
        CreationTime = Taken,
        Length = content.Length,
        Origin = content,
    };
}
