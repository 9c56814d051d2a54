using GPhotos.Core.Auth;
using GPhotos.Core.Downloads;
using GPhotos.Core.Http;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed class BearerTests
{
    [Theory]
    [InlineData("https://example.com/v1/mediaItems")]
    [InlineData("https://photoslibrary.googleapis.com:444/v1/mediaItems")]
    [InlineData("https://photoslibrary.googleapis.com./v1/mediaItems")]
    [InlineData("http://photoslibrary.googleapis.com/v1/mediaItems")]
    [InlineData("https://photoslibrary.googleapis.com@evil.example/v1/mediaItems")]
    [InlineData("https://photoslibrary.googleapis.com.evil.example/v1/mediaItems")]
    [InlineData("https://evil-photoslibrary.googleapis.com/v1/mediaItems")]
    [InlineData("https://photoslibrary.google\u0430pis.com/v1/mediaItems")]
    [InlineData("https://photospicker.googleapis.com/v1/mediaItems")]
    [InlineData("https://lh3.googleusercontent.com/lr/x")]
    public async Task A_token_does_not_leave_for_another_host(string address) => Assert.Empty(await AskAsync(IsLibrary, address));

    [Theory]
    [InlineData("https://photoslibrary.googleapis.com/v1/mediaItems")]
    [InlineData("https://PhotosLibrary.GoogleAPIs.com:443/v1/mediaItems")]
    public async Task A_token_goes_to_the_API(string address) => Assert.Equal(["Bearer t"], await AskAsync(IsLibrary, address));

    [Theory]
    [InlineData("https://lh3.googleusercontent.com/ppa/x")]
    [InlineData("https://video-downloads.googleusercontent.com/x")]
    public async Task A_token_goes_along_for_what_was_picked(string address) =>
        Assert.Equal(["Bearer t"], await AskAsync(Core.GPhotosEndpoints.Google.IsMediaHost, address));

    [Theory]
    [InlineData("https://evil-googleusercontent.com/ppa/x")]
    [InlineData("https://googleusercontent.com.evil.example/ppa/x")]
    [InlineData("https://lh3.googleusercontent.com@evil.example/ppa/x")]
    [InlineData("https://lh3.googleusercontent.com:8443/ppa/x")]
    [InlineData("http://lh3.googleusercontent.com/ppa/x")]
    [InlineData("https://evil.example\uFF0F.googleusercontent.com/ppa/x")]
    public async Task A_token_goes_along_to_no_host_that_looks_like_Googles(string address) =>
        Assert.Empty(await AskAsync(Core.GPhotosEndpoints.Google.IsMediaHost, address));

    [Fact]
    public async Task A_call_that_should_bring_its_own_tokens_does_not_leave_without()
    {
        Recorder network = new();
        using HttpClient http = new(new BearerHandler(null, t => Core.GPhotosEndpoints.IsOn(new Uri("https://storage.googleapis.com/"), t)) { InnerHandler = network });

        await Assert.ThrowsAsync<InvalidOperationException>(() => http.GetAsync(new Uri("https://storage.googleapis.com/storage/v1/b")));

        Assert.Empty(network.Authorizations);
    }

    [Fact]
    public async Task The_bytes_of_a_picture_are_asked_for_without_a_token()
    {
        await using RecordingServer server = await RecordingServer.StartAsync();
        using TempFolder folder = new();
        using Core.GPhotosClient client = new(new Core.GPhotosClientOptions
        {
            Endpoints = Core.GPhotosEndpoints.At(server.Address),
            Tokens = new FixedTokenSource("canary", null),
        });
        MediaItem item = new() { Id = "id", FileName = "a.jpg", BaseUrl = new Uri(server.Address, "picture").ToString(), BaseUrlTime = DateTimeOffset.UtcNow };

        SaveOutcome outcome = Assert.Single(await client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.Equal(SaveStatus.Saved, outcome.Result?.Status);
        (string path, string headers) = Assert.Single(server.Requests);
        Assert.Equal("/picture=d", path);
        Assert.DoesNotContain("canary", headers, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://example.com/picture")]
    [InlineData("https://example.com/picture")]
    [InlineData("file:///etc/passwd")]
    [InlineData("nonsense")]
    public async Task A_picture_that_lies_elsewhere_is_not_asked_for(string baseUrl)
    {
        using Core.GPhotosClient client = new(new Core.GPhotosClientOptions { Tokens = new FixedTokenSource("canary", null) });
        using TempFolder folder = new();
        MediaItem item = new() { Id = "id", FileName = "a.jpg", BaseUrl = baseUrl, BaseUrlTime = DateTimeOffset.UtcNow };

        SaveOutcome outcome = Assert.Single(await client.Saver.SaveAllAsync(new[] { item }.ToSave(), new SaveOptions { Destination = folder.Path }));

        Assert.IsType<UnexpectedResponseException>(outcome.Error);
        Assert.Empty(folder.Names);
    }

    private static bool IsLibrary(Uri address) => Core.GPhotosEndpoints.IsOn(Core.GPhotosEndpoints.Google.Root, address);

    // The authorizations that reached the network; a call that was held back threw.
    private static async Task<IReadOnlyList<string?>> AskAsync(Func<Uri, bool> isAllowed, string address)
    {
        Recorder network = new();
        using HttpClient http = new(new BearerHandler(new FixedTokenSource("t", null), isAllowed) { InnerHandler = network });
        try
        {
            using HttpResponseMessage response = await http.GetAsync(new Uri(address));
            Assert.Single(network.Authorizations);
        }
        catch (InvalidOperationException)
        {
            Assert.Empty(network.Authorizations);
        }

        return network.Authorizations;
    }

    private sealed class Recorder : HttpMessageHandler
    {
        public List<string?> Authorizations { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Authorizations.Add(request.Headers.Authorization?.ToString());
            return Task.FromResult(new HttpResponseMessage());
        }
    }
}
