using System.Net.Http.Json;
using System.Text.Json;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Journal;

public sealed class JournalOwnerTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TempFolder _data = new();

    public void Dispose()
    {
        _folder.Dispose();
        _data.Dispose();
    }

    [Fact]
    public async Task Another_account_under_the_same_profile_is_not_told_that_its_files_are_there()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string[] paths = _folder.WritePictures(3);
        await SendAsync(google, "one", "first", paths);

        List<SendOutcome> outcomes = await SendAsync(google, "other", "second", paths);

        Assert.Equal("home", Assert.IsType<JournalMismatchException>(outcomes[^1].Error).ProfileName);
        Assert.Equal(paths, outcomes.SkipLast(1).Select(o => o.Request!.Path));
        Assert.All(outcomes.SkipLast(1), o => Assert.Equal(SendStatus.Pending, o.Result!.Status));
        Assert.Equal(3, (await google.ItemsAsync()).Length);
    }

    [Fact]
    public async Task The_same_account_that_signs_in_again_is_asked_for_once()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string[] paths = _folder.WritePictures(3);
        await SendAsync(google, "one", "first", paths);
        await google.ResetStatisticsAsync();

        List<SendOutcome> second = await SendAsync(google, "one", "second", paths);
        List<SendOutcome> third = await SendAsync(google, "one", "second", paths);

        Assert.All(second.Concat(third), o => Assert.Equal(SendStatus.AlreadyInLibrary, o.Result!.Status));
        Assert.Equal(1, (await google.StatisticsAsync()).Total);
    }

    private async Task<List<SendOutcome>> SendAsync(TestGoogle google, string user, string signIn, string[] paths)
    {
        using HttpResponseMessage reply = await google.Http.PostAsJsonAsync("emulator/tokens", new { user });
        string token = (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString()!;
        using GPhotosClient client = new(new GPhotosClientOptions
        {
            Endpoints = google.Endpoints,
            Tokens = new FixedTokenSource(token, null),
            ProfileName = "home",
            SignInId = signIn,
            DataFolder = _data.Path,
            TimeProvider = google.Clock,
            AnswerTimeout = TestClock.AttemptLimit,
        });
        return await client.Sender.SendAllAsync(paths);
    }
}
