using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace GPhotos.Tests.Auth;

/// <summary>A server that sends the client on, or names an address of its own making: the token stays where it was meant to go.</summary>
public sealed class BearerRedirectTests : IDisposable
{
    private const string Token = "canary-4711";

    private readonly TempFolder _folder = new();

    public static TheoryData<int, string> Redirects()
    {
        TheoryData<int, string> all = [];
        foreach (int status in (int[])[301, 302, 303, 307, 308])
        {
            foreach (string target in (string[])["path", "port", "name", "https"])
            {
                all.Add(status, target);
            }
        }

        return all;
    }

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task No_API_is_followed_anywhere(int status, string target)
    {
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        await using TestWeb google = await SendOnAsync(status, target, elsewhere);
        using GPhotosClient client = NewClient(google);
        string file = _folder.Write("a.jpg", TinyJpeg.Make("a"));

        await Assert.ThrowsAsync<UnexpectedResponseException>(() => client.MediaItems.AllAsync());
        await Assert.ThrowsAsync<UnexpectedResponseException>(() => client.Albums.CreateAsync("a"));
        await Assert.ThrowsAsync<UnexpectedResponseException>(() => client.Picker.CreateAsync());
        foreach (long resumableFrom in (long[])[1, long.MaxValue])
        {
            List<SendOutcome> sent = await client.Sender
                .SendAsync(new[] { new SendRequest(file) }.ToAsyncEnumerable(), new SendOptions { ResumableFrom = resumableFrom }).ToListAsync();
            Assert.IsType<UnexpectedResponseException>(Assert.Single(sent).Error);
        }

        Assert.Empty(elsewhere.Requests);
        Assert.All(google.Calls, c => Assert.NotEqual("/target", c.Path));
        Assert.All(google.Calls, c => Assert.Contains(Token, c.Headers, StringComparison.Ordinal));
        Assert.Equal(5, google.Calls.Count);
    }

    [Theory]
    [MemberData(nameof(Redirects))]
    public async Task Bytes_that_were_picked_are_followed_to_a_media_host_alone_and_without_the_token(int status, string target)
    {
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        await using TestWeb google = await SendOnAsync(status, target, elsewhere);
        using GPhotosClient client = NewClient(google);
        List<MediaItem> items = await client.Picker.ListAsync("s").ToListAsync();

        SaveOutcome outcome = Assert.Single(await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = _folder.Path }));

        Assert.Contains(Token, Assert.Single(google.Calls, c => c.Path == "/ppa/x=d").Headers, StringComparison.Ordinal);
        Assert.Empty(elsewhere.Requests);
        if (target == "path")
        {
            Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
            Assert.DoesNotContain(Token, Assert.Single(google.Calls, c => c.Path == "/target").Headers, StringComparison.Ordinal);
        }
        else
        {
            Assert.IsType<UnexpectedResponseException>(outcome.Error);
            Assert.DoesNotContain(google.Calls, c => c.Path == "/target");
        }
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("localhost")]
    [InlineData("https")]
    [InlineData("user")]
    [InlineData("relative")]
    [InlineData("none")]
    [InlineData("ftp")]
    public async Task No_byte_and_no_token_go_to_a_session_at_another_address(string kind)
    {
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        await using TestWeb google = await TestWeb.StartAsync(context =>
        {
            HttpRequest asked = context.Request;
            context.Response.Headers["X-Goog-Upload-Status"] = "active";
            string? address = kind switch
            {
                "elsewhere" => elsewhere.Address.ToString(),
                "localhost" => $"http://localhost:{asked.Host.Port}/session",
                "https" => $"https://{asked.Host}/session",
                "user" => $"http://{asked.Host}@localhost:{elsewhere.Address.Port}/session",
                "relative" => "/session",
                "ftp" => $"ftp://{asked.Host}/session",
                _ => null,
            };
            if (address is not null)
            {
                context.Response.Headers["X-Goog-Upload-URL"] = address;
            }

            return Task.CompletedTask;
        });
        using GPhotosClient client = NewClient(google);
        string file = _folder.Write("a.jpg", TinyJpeg.Make("a"));

        List<SendOutcome> sent = await client.Sender
            .SendAsync(new[] { new SendRequest(file) }.ToAsyncEnumerable(), new SendOptions { ResumableFrom = 1 }).ToListAsync();

        Assert.IsType<UnexpectedResponseException>(Assert.Single(sent).Error);
        Assert.Equal("/v1/uploads", Assert.Single(google.Calls).Path);
        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData("elsewhere")]
    [InlineData("localhost")]
    [InlineData("https")]
    [InlineData("user")]
    public async Task The_token_goes_to_no_base_URL_elsewhere(string kind)
    {
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        await using TestWeb google = await TestWeb.StartAsync(context => context.Response.WriteAsync(Picked(kind switch
        {
            "elsewhere" => new Uri(elsewhere.Address, "ppa/x").ToString(),
            "localhost" => $"http://localhost:{context.Request.Host.Port}/ppa/x",
            "https" => $"https://{context.Request.Host}/ppa/x",
            _ => $"http://{context.Request.Host}@localhost:{elsewhere.Address.Port}/ppa/x",
        })));
        using GPhotosClient client = NewClient(google);
        List<MediaItem> items = await client.Picker.ListAsync("s").ToListAsync();

        SaveOutcome outcome = Assert.Single(await client.Saver.SaveAllAsync(items.ToSave(), new SaveOptions { Destination = _folder.Path }));

        Assert.IsType<UnexpectedResponseException>(outcome.Error);
        Assert.Empty(elsewhere.Requests);
        Assert.Equal("/picker/v1/mediaItems", Assert.Single(google.Calls).Path);
    }

    private static Task<TestWeb> SendOnAsync(int status, string target, RecordingServer elsewhere) => TestWeb.StartAsync(context =>
    {
        HttpRequest asked = context.Request;
        if (asked.Path == "/target")
        {
            return context.Response.WriteAsync("a picture");
        }

        if (asked.Path == "/picker/v1/mediaItems")
        {
            return context.Response.WriteAsync(Picked($"http://{asked.Host}/ppa/x"));
        }

        context.Response.StatusCode = status;
        context.Response.Headers.Location = target switch
        {
            "path" => "/target",
            "port" => elsewhere.Address.ToString(),
            "name" => $"http://localhost:{asked.Host.Port}/target",
            _ => $"https://{asked.Host}/target",
        };
        return Task.CompletedTask;
    });

    private static string Picked(string baseUrl) => $$$"""
        {"mediaItems":[{"id":"1","createTime":"2020-01-01T00:00:00Z","type":"PHOTO","mediaFile":{"baseUrl":"{{{baseUrl}}}","mimeType":"image/jpeg","filename":"a.jpg"}}]}
        """;

    private static GPhotosClient NewClient(TestWeb google) => new(new GPhotosClientOptions
    {
        Endpoints = GPhotosEndpoints.At(google[""]),
        Tokens = new FixedTokenSource(Token, null),
        WritesPerMinute = 0,
        MaxRetries = 1,
    });
}
