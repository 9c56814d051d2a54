using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Uploads;

public sealed class BrokenWebSourceTests
{
    [Theory]
    [InlineData("\"one\"", null, true)]
    [InlineData(null, "Wed, 04 Mar 2026 05:06:07 GMT", true)]
    [InlineData("\"one\"", null, false)]
    [InlineData(null, null, true)]
    public async Task A_source_that_breaks_off_goes_on_where_it_was(string? tag, string? modified, bool takesRanges)
    {
        byte[] bytes = WebSourceTests.Picture(1_000_000);
        WebFile file = new WebFile(bytes) { ETag = tag, LastModified = modified, TakesRanges = takesRanges }.CutAfter(300_000, 400_000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(file);

        SendResult result = (await WebSourceTests.SendAsync(google, web["/a.jpg"])).Result!;

        Assert.Equal((SendStatus.Created, WebSourceTests.Hash(bytes)), (result.Status, result.Sha256));
        Assert.Equal(bytes, await google.OriginalAsync(result.Id!));
        Assert.Equal((1, 3), ((await google.StatisticsAsync()).Calls("uploads"), web.Gets));

        // Without a version the rest could be that of other bytes.
        Assert.Equal(tag is null && modified is null ? 0 : 2, web.Calls.Count(c => c.Range is not null));
    }

    [Theory]
    [InlineData("\"one\"", "\"two\"", true, 0)]
    [InlineData("\"one\"", "\"two\"", false, 0)]
    [InlineData("\"one\"", "\"one\"", true, 1)]
    [InlineData(null, null, true, 0)]
    public async Task A_source_that_changes_in_the_middle_is_not_created(string? before, string? after, bool takesRanges, int longer)
    {
        WebFile file = new WebFile(WebSourceTests.Picture(1_000_000)) { ETag = before, TakesRanges = takesRanges }.CutAfter(300_000);
        file.OnCut = () => (file.ETag, file.Bytes) = (after, WebSourceTests.Picture(1_000_000 + longer, seed: 8));
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(file);

        FileReadFailedException error = Assert.IsType<FileReadFailedException>((await WebSourceTests.SendAsync(google, web["/a.jpg?s3cret"])).Error);

        Assert.Equal($"'{web["/a.jpg"]}' changed while it was sent.", error.Message);
        Assert.Empty(await google.ItemsAsync());
        Assert.InRange((await google.StatisticsAsync()).Calls("uploads"), 0, 1);
    }

    [Theory]
    [InlineData("\"one\"")]
    [InlineData(null)]
    public async Task A_source_that_changed_since_it_was_looked_at_is_told_before_bytes_mix(string? tag)
    {
        // Google breaks after all bytes, and the second try would be of others.
        WebFile file = new(WebSourceTests.Picture(300_000)) { ETag = tag };
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            if (context.Request.Method == "GET" && file.Type == "seen")
            {
                (file.ETag, file.Bytes) = (tag is null ? null : "\"two\"", WebSourceTests.Picture(300_000, seed: 8));
            }

            if (context.Request.Method == "GET")
            {
                file.Type = "seen";
            }

            return file.AnswerAsync(context);
        });
        await google.FaultAsync(new { kind = "uploads", applyThenFail = true });

        Assert.Contains(
            "changed while", Assert.IsType<FileReadFailedException>((await WebSourceTests.SendAsync(google, web["/a.jpg"])).Error).Message,
            StringComparison.Ordinal);
        Assert.Equal(2, web.Gets);
        Assert.Empty(await google.ItemsAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_source_that_breaks_off_again_and_again_is_given_up_and_the_upload_is_not_repeated(bool takesRanges)
    {
        WebFile file = new(WebSourceTests.Picture(1_000_000)) { TakesRanges = takesRanges };
        for (int i = 0; i < 50; i++)
        {
            file.Cuts.Enqueue(1000);
        }

        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(file);

        FileReadFailedException error = Assert.IsType<FileReadFailedException>((await WebSourceTests.SendAsync(google, web["/a.jpg?s3cret"])).Error);

        Assert.Contains("broke off 6 times", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.Equal((6, 5), (web.Gets, google.Clock.Waits.Count));
        Assert.InRange((await google.StatisticsAsync()).Calls("uploads"), 0, 1);
    }

    [Fact]
    public async Task A_server_that_fails_after_a_break_is_asked_as_often_as_Google_is()
    {
        WebFile file = new WebFile(WebSourceTests.Picture(1_000_000)).CutAfter(1000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            if (context.Request.Headers.Range.Count > 0)
            {
                context.Response.StatusCode = 503;
                return Task.CompletedTask;
            }

            return file.AnswerAsync(context);
        });

        FileReadFailedException error = Assert.IsType<FileReadFailedException>((await WebSourceTests.SendAsync(google, web["/a.jpg"])).Error);

        Assert.Contains("answered 503", error.Message, StringComparison.Ordinal);
        Assert.Equal(1 + 6, web.Gets);
        Assert.InRange((await google.StatisticsAsync()).Calls("uploads"), 0, 1);
    }

    [Fact]
    public async Task A_break_of_Googles_sends_the_whole_again_from_the_web()
    {
        byte[] bytes = WebSourceTests.Picture(500_000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(bytes));
        await google.FaultAsync(new { kind = "uploads", status = 503 });

        SendResult result = (await WebSourceTests.SendAsync(google, web["/a.jpg"])).Result!;

        Assert.Equal(bytes, await google.OriginalAsync(result.Id!));
        Assert.Equal((2, 2), ((await google.StatisticsAsync()).Calls("uploads"), web.Gets));
    }

    /// <summary>On the real clock: the waits for the source are longer than what Google may take for an answer.</summary>
    [Fact]
    public async Task The_waits_for_a_source_do_not_count_as_Googles()
    {
        byte[] bytes = WebSourceTests.Picture(500_000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(bytes).CutAfter(200_000, 10));
        using GPhotosClient client = await NewClientAsync(google, TimeSpan.FromSeconds(1.5));

        SendOutcome outcome = await SendAsync(client, web["/a.jpg"]);

        Assert.Equal(bytes, await google.OriginalAsync(outcome.Result!.Id!));
        Assert.Equal((1, 3), ((await google.StatisticsAsync()).Calls("uploads"), web.Gets));
    }

    [Fact]
    public async Task A_source_that_stands_still_is_an_error_of_the_source()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(async context =>
        {
            context.Response.ContentType = "image/jpeg";
            context.Response.ContentLength = 500_000;
            if (context.Request.Method == "GET")
            {
                await context.Response.Body.WriteAsync(new byte[200_000]);
                await context.Response.Body.FlushAsync();
                await Task.Delay(Timeout.Infinite, context.RequestAborted);
            }
        });
        using GPhotosClient client = await NewClientAsync(google, TimeSpan.FromSeconds(2));

        SendOutcome outcome = await SendAsync(client, web["/a.jpg"]);

        Assert.Contains("sent nothing for 2 s", Assert.IsType<FileReadFailedException>(outcome.Error).Message, StringComparison.Ordinal);
        Assert.Equal(1, web.Gets);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, false)]
    [InlineData(true, true)]
    public async Task Sixty_megabytes_go_up_in_a_session_though_the_source_breaks_off(bool takesRanges, bool googleBreaksToo)
    {
        byte[] bytes = WebSourceTests.Picture(60_000_000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(bytes) { TakesRanges = takesRanges }.CutAfter(33_333_333));
        if (googleBreaksToo)
        {
            await google.FaultAsync(new { kind = "uploads.*", breakAfterBytes = 50_000_000 });
        }

        SendResult result = (await WebSourceTests.SendAsync(google, web["/a.jpg"])).Result!;

        Assert.Equal((SendStatus.Created, WebSourceTests.Hash(bytes)), (result.Status, result.Sha256));
        Assert.Equal(result.Sha256, WebSourceTests.Hash(await google.OriginalAsync(result.Id!)));
        TestStatistics statistics = await google.StatisticsAsync();
        Assert.Equal((1, 0), (statistics.Calls("uploads.start"), statistics.Calls("uploads")));
        Assert.Equal(googleBreaksToo ? 1 : 0, statistics.Calls("uploads.query"));
        Assert.Equal(googleBreaksToo ? 3 : 2, web.Gets);
    }

    private static async Task<GPhotosClient> NewClientAsync(TestGoogle google, TimeSpan limit) => new(new GPhotosClientOptions
    {
        Endpoints = google.Endpoints,
        Tokens = new FixedTokenSource((await google.IssueAsync()).AccessToken, null),
        AnswerTimeout = limit,
    });

    private static async Task<SendOutcome> SendAsync(GPhotosClient client, Uri address) =>
        Assert.Single(await client.Sender.SendAsync(new[] { new SendRequest(address) }.ToAsyncEnumerable(), new SendOptions()).ToListAsync());
}
