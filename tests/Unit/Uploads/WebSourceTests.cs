using System.Text;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Tests.Uploads;

public sealed class WebSourceTests
{
    private static readonly SendOptions OneLane = new() { ThrottleLimit = 1 };

    [Fact]
    public async Task Bytes_of_the_web_arrive_as_they_were()
    {
        byte[] bytes = Picture(3_000_000);
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(bytes));

        SendResult result = (await SendAsync(google, web["/trip/a%20b.jpg"])).Result!;

        Assert.Equal((SendStatus.Created, bytes.LongLength, Hash(bytes)), (result.Status, result.Length, result.Sha256));
        Assert.Equal("a b.jpg", result.MediaItem?.FileName);
        Assert.Equal(bytes, await google.OriginalAsync(result.Id!));
        Assert.Equal(["HEAD", "GET"], web.Calls.Select(c => c.Method));
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("uploads"));
    }

    [Theory]
    [InlineData("/a.jpg", "image/jpeg", null, "a.jpg")]
    [InlineData("/a", "image/jpeg", null, "a.jpg")]
    [InlineData("/view.php", "image/png; charset=binary", null, "view.php.png")]
    [InlineData("/", "image/jpeg", null, "untitled.jpg")]
    [InlineData("/photos/", "image/jpeg", null, "photos.jpg")]
    [InlineData("/%E5%A4%95.jpg", "image/jpeg", null, "夕.jpg")]
    [InlineData("/..%2F..%2Fetc%2Fpass%3Awd.jpg", "image/jpeg", null, "pass_wd.jpg")]
    [InlineData("/x", "image/jpeg", "attachment; filename=\"a \\\"b\\\".jpg\"", "a _b_.jpg")]
    [InlineData("/x", "image/jpeg", "inline; filename=plain.jpeg", "plain.jpeg")]
    [InlineData("/x", "image/jpeg", "attachment; filename=\"old.jpg\"; filename*=UTF-8''n%C3%A9w.jpg", "néw.jpg")]
    [InlineData("/x", "image/jpeg", "attachment; filename=\"../../evil\"", "evil.jpg")]
    [InlineData("/x", "image/jpeg", "attachment; filename=\"C:\\\\dir\\\\x.jpg\"", "x.jpg")]
    [InlineData("/x.jpg", "image/jpeg", "attachment", "x.jpg")]
    [InlineData("/x.jpg", "application/octet-stream", null, "x.jpg")]
    [InlineData("/x", "binary/octet-stream", "attachment; filename=y.mp4", "y.mp4")]
    [InlineData("/x.heic", null, null, "x.heic")]
    public async Task A_name_comes_from_the_server_or_the_address(string path, string? type, string? disposition, string name)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            context.Response.Headers.ContentDisposition = disposition;
            return new WebFile(Picture()) { Type = type }.AnswerAsync(context);
        });

        Assert.Equal(name, (await LookAsync(google, web[path])).FileName);
    }

    [Fact]
    public async Task A_name_in_plain_UTF8_is_read_as_such()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using System.Net.Sockets.TcpListener listener = new(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        Task answering = Task.Run(async () =>
        {
            using System.Net.Sockets.TcpClient client = await listener.AcceptTcpClientAsync();
            await using System.Net.Sockets.NetworkStream stream = client.GetStream();
            _ = await stream.ReadAsync(new byte[4096]);
            await stream.WriteAsync(Encoding.UTF8.GetBytes(
                "HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: 9\r\nContent-Disposition: attachment; filename=\"é夕.jpg\"\r\n\r\n"));
        });

        Assert.Equal("é夕.jpg", (await LookAsync(google, new Uri($"http://{listener.LocalEndpoint}/x"))).FileName);
        await answering;
    }

    [Theory]
    [InlineData("/a.jpg", "image/jpeg", null, "does not tell its length")]
    [InlineData("/a.jpg", "image/jpeg", 0L, "it is empty")]
    [InlineData("/a.jpg", "image/jpeg", 200_000_001L, "200,000,000")]
    [InlineData("/a.jpg", "text/html", 5L, "'text/html' files")]
    [InlineData("/a.txt", "application/octet-stream", 5L, "'.txt' files")]
    [InlineData("/a", null, 5L, "unknown type")]
    public async Task What_Google_would_not_take_is_refused_before_a_byte(string path, string? type, long? length, string why)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(async context =>
        {
            (context.Response.ContentType, context.Response.ContentLength) = (type, length);
            if (context.Request.Method == "GET" && length is not 0)
            {
                await context.Response.Body.WriteAsync(new byte[1]);
                await context.Response.Body.FlushAsync();
            }
        });

        MediaRejectedException error = Assert.IsType<MediaRejectedException>((await SendAsync(google, web[path + "?key=s3cret"])).Error);

        Assert.Contains(why, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("s3cret", error.ToString() + error.Path, StringComparison.Ordinal);
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
        Assert.Empty(google.Clock.Waits);
    }

    [Theory]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(405)]
    [InlineData(501)]
    public async Task A_server_that_refuses_HEAD_is_asked_with_GET(int status)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        WebFile file = new(Picture());
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            if (context.Request.Method == "HEAD")
            {
                context.Response.StatusCode = status;
                return Task.CompletedTask;
            }

            return file.AnswerAsync(context);
        });

        Assert.Equal(SendStatus.Created, (await SendAsync(google, web["/a.jpg"])).Result?.Status);
        Assert.Equal(["HEAD", "GET", "GET"], web.Calls.Select(c => c.Method));
        Assert.Empty(google.Clock.Waits);
    }

    [Fact]
    public async Task A_missing_file_is_told_with_its_address_and_without_its_query()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context => Status(context, 404));

        FileReadFailedException error = Assert.IsType<FileReadFailedException>((await SendAsync(google, web["/a.jpg?key=s3cret"])).Error);

        Assert.Contains("answered 404", error.Message, StringComparison.Ordinal);
        Assert.Equal(web["/a.jpg"].AbsoluteUri, error.Path);
        Assert.DoesNotContain("s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hosts_that_are_gone_do_not_end_the_run()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(Picture()));
        Uri[] addresses = [.. Enumerable.Repeat(new Uri("http://127.0.0.1:1/a.jpg"), 9), web["/a.jpg"]];

        List<SendOutcome> outcomes = await google.Client.Sender.SendAsync(addresses.Select(a => new SendRequest(a)).ToAsyncEnumerable(), OneLane).ToListAsync();

        Assert.All(outcomes.Take(9), o => Assert.IsType<FileReadFailedException>(o.Error));
        Assert.Equal(SendStatus.Created, Assert.Single(outcomes.Skip(9)).Result?.Status);
    }

    [Theory]
    [InlineData("http://10.0.0.1/a.jpg?s3cret")]
    [InlineData("http://example.invalid/a.jpg?s3cret")]
    [InlineData("https://me:s3cret@example.invalid/a.jpg")]
    [InlineData("ftp://example.invalid/s3cret?s3cret")]
    public async Task A_redirect_is_held_to_the_rules(string target)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context => Lead(context, target));

        FileReadFailedException error = Assert.IsType<FileReadFailedException>((await SendAsync(google, web["/a.jpg"])).Error);

        Assert.Contains("it leads to", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("?s3cret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(":s3cret", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_redirects_are_followed_and_six_are_not()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        WebFile file = new(Picture());
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            int left = context.Request.Path.Value![1] - '0';
            return left > 0 ? Lead(context, $"/{left - 1}/last.jpg") : file.AnswerAsync(context);
        });

        Assert.Equal("last.jpg", (await SendAsync(google, web["/5"])).Result?.MediaItem?.FileName);
        Assert.Contains(
            "more than 5", Assert.IsType<FileReadFailedException>((await SendAsync(google, web["/6"])).Error).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_of_Googles_leaves_for_the_web()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        WebFile file = new(Picture());
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            context.Response.Headers.SetCookie = "who=me";
            return context.Request.Path == "/a.jpg" ? Lead(context, "/b.jpg") : file.AnswerAsync(context);
        });

        Assert.Equal(SendStatus.Created, (await SendAsync(google, web["/a.jpg"])).Result?.Status);

        Assert.Equal(4, web.Calls.Count);
        Assert.All(web.Calls, c =>
        {
            Assert.DoesNotContain("Authorization", c.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Bearer", c.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Cookie", c.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("Goog", c.Headers, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("gzip", c.Headers, StringComparison.OrdinalIgnoreCase);
        });
    }

    [Fact]
    public async Task Packed_bytes_are_not_stored()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            return new WebFile(Picture()).AnswerAsync(context);
        });

        Assert.Contains("gzip", Assert.IsType<FileReadFailedException>((await SendAsync(google, web["/a.jpg"])).Error).Message, StringComparison.Ordinal);
        Assert.Equal(0, (await google.StatisticsAsync()).Total);
    }

    [Fact]
    public async Task A_query_stands_in_no_result_and_in_no_journal()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(Picture()));
        using TempFolder folder = new();
        (string accessToken, _) = await google.IssueAsync();
        SendOutcome outcome;
        using (GPhotosClient client = NewClient(google, accessToken, folder.Path))
        {
            outcome = Assert.Single(await client.Sender.SendAsync(
                new[] { new SendRequest(web["/a.jpg?key=s3cret"]) }.ToAsyncEnumerable(), OneLane).ToListAsync());
        }

        Assert.Equal(web["/a.jpg"].AbsoluteUri, outcome.Result!.FullName);
        Assert.DoesNotContain("s3cret", outcome.ToString(), StringComparison.Ordinal);
        string[] files = Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories);
        Assert.Contains(files, f => Encoding.Latin1.GetString(File.ReadAllBytes(f)).Contains(web["/a.jpg"].AbsoluteUri, StringComparison.Ordinal));
        Assert.All(files, f => Assert.DoesNotContain("s3cret", Encoding.Latin1.GetString(File.ReadAllBytes(f)), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"one\"", null)]
    [InlineData(null, "Wed, 04 Mar 2026 05:06:07 GMT")]
    [InlineData("W/\"weak\"", "Wed, 04 Mar 2026 05:06:07 GMT")]
    public async Task A_version_that_was_sent_is_not_fetched_again(string? tag, string? modified)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        WebFile file = new(Picture()) { ETag = tag, LastModified = modified };
        await using TestWeb web = await TestWeb.StartAsync(file);

        string? id = (await SendAsync(google, web["/a.jpg?one"])).Result!.Id;
        SendResult again = (await SendAsync(google, web["/a.jpg?one"])).Result!;

        Assert.Equal((SendStatus.AlreadyInLibrary, id, 1), (again.Status, again.Id, web.Gets));

        // Another query may be another picture, whatever its server says of its version.
        file.Bytes = Picture(seed: 8);
        Assert.Equal(SendStatus.Created, (await SendAsync(google, web["/a.jpg?two"])).Result!.Status);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("W/\"weak\"")]
    public async Task Without_a_version_it_is_fetched_anew_and_recognised_by_its_bytes(string? tag)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(Picture()) { ETag = tag });

        string? id = (await SendAsync(google, web["/a.jpg"])).Result!.Id;

        Assert.Equal(id, (await SendAsync(google, web["/a.jpg"])).Result!.Id);
        Assert.Equal(2, web.Gets);
        Assert.Single(await google.ItemsAsync());
    }

    [Fact]
    public async Task Two_addresses_of_the_same_bytes_are_one_media_item()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(new WebFile(Picture()));
        SendRequest[] requests = [new(web["/a.jpg"]), new(web["/b.jpg"])];

        List<SendOutcome> outcomes = await google.Client.Sender.SendAsync(requests.ToAsyncEnumerable(), new SendOptions()).ToListAsync();

        Assert.Equal([SendStatus.Created, SendStatus.AlreadyInLibrary], outcomes.Select(o => o.Result!.Status));
        Assert.Single(await google.ItemsAsync());
    }

    private static Task Status(HttpContext context, int status)
    {
        context.Response.StatusCode = status;
        return Task.CompletedTask;
    }

    private static Task Lead(HttpContext context, string target)
    {
        (context.Response.StatusCode, context.Response.Headers.Location) = (302, target);
        return Task.CompletedTask;
    }

    internal static byte[] Picture(int padding = 5000, int seed = 7)
    {
        byte[] bytes = TinyJpeg.Make("web", padding);
        new Random(seed).NextBytes(bytes.AsSpan(1000));
        return bytes;
    }

    internal static string Hash(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    internal static async Task<SendOutcome> SendAsync(TestGoogle google, Uri address) =>
        Assert.Single(await google.Client.Sender.SendAsync(new[] { new SendRequest(address) }.ToAsyncEnumerable(), OneLane).ToListAsync());

    private static GPhotosClient NewClient(TestGoogle google, string accessToken, string folder) => new(new GPhotosClientOptions
    {
        Endpoints = google.Endpoints,
        Tokens = new FixedTokenSource(accessToken, null),
        TimeProvider = google.Clock,
        AnswerTimeout = TestClock.AttemptLimit,
        DataFolder = folder,
    });

    private static async Task<UploadSource> LookAsync(TestGoogle google, Uri address)
    {
        GPhotosClientOptions options = new() { Tokens = new FixedTokenSource("t", null), TimeProvider = google.Clock, AnswerTimeout = TestClock.AttemptLimit };
        Core.Http.RetryPolicy retry = new(options, static _ => { });
        using Core.Http.HttpPipeline pipeline = new(options, retry);
        WebSources sources = new(new WebRequests(pipeline.Client(Core.Http.HttpClientNames.Web)), retry, options);
        return await sources.LookAtAsync(address, CancellationToken.None);
    }
}
