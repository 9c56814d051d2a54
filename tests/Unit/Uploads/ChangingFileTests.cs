using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class ChangingFileTests
{
    [Theory]
    [InlineData(+1)]
    [InlineData(-1)]
    public async Task A_file_that_changes_its_length_after_it_was_looked_at_is_not_created(int difference)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string[] paths = [folder.Write("a.jpg", TinyJpeg.Make("a", padding: 400_000)), folder.Write("b.jpg", TinyJpeg.Make("b"))];
        (string accessToken, _) = await google.IssueAsync();

        // The token is asked for between the look at the file and its first byte.
        bool changed = false;
        GPhotosClient client = google.NewClient(new InterruptingTokenSource(accessToken, () =>
        {
            if (!changed)
            {
                changed = true;
                using FileStream file = new(paths[0], FileMode.Open);
                file.SetLength(file.Length + difference);
            }
        }));

        List<SendOutcome> outcomes = await client.Sender.SendAllAsync(paths, new SendOptions { ThrottleLimit = 1 });

        Assert.Equal(paths[0], Assert.IsType<FileReadFailedException>(Assert.Single(outcomes, o => o.Error is not null).Error).Path);
        Assert.Equal(paths[1], Assert.Single(outcomes, o => o.Result?.Status == SendStatus.Created).Request!.Path);
        Assert.Single(await google.ItemsAsync());
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task A_file_that_vanishes_after_it_was_looked_at_is_told_as_unreadable()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("a.jpg", TinyJpeg.Make("a"));
        (string accessToken, _) = await google.IssueAsync();
        GPhotosClient client = google.NewClient(new InterruptingTokenSource(accessToken, () => File.Delete(path)));

        Assert.IsType<FileReadFailedException>(Assert.Single(await client.Sender.SendAllAsync([path])).Error);
        Assert.Empty(google.Clock.Waits);
    }

    private sealed class InterruptingTokenSource(string accessToken, Action interrupt) : IAccessTokenSource
    {
        public bool CanRefresh => false;

        public DateTimeOffset? ExpiresAt => null;

        public ValueTask<string> GetAsync(CancellationToken cancellationToken)
        {
            interrupt();
            return new(accessToken);
        }

        public ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
