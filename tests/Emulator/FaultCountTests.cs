using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

/// <summary>Which calls a fault hits, and the faults that end a connection.</summary>
public sealed class FaultCountTests
{
    private static async Task AnswersAreAsync(TestEmulator emulator, int[] expected, string path = "v1/albums")
    {
        List<int> statuses = [];
        for (int call = 0; call < expected.Length; call++)
        {
            using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri(path, UriKind.Relative));
            statuses.Add((int)response.StatusCode);
        }

        Assert.Equal(expected, statuses);
    }

    [Fact]
    public async Task Every_so_manieth_call_is_hit_without_end()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/faults", new { kind = "albums.list", status = 503, every = 3 });
        await AnswersAreAsync(emulator, [200, 200, 503, 200, 200, 503, 200, 200, 503, 200]);
        await AnswersAreAsync(emulator, [200, 200, 200], "v1/mediaItems");
        JsonElement fault = (await emulator.GetAsync("emulator/faults")).GetProperty("faults")[0];
        Assert.Equal((3, -1), (fault.GetProperty("every").GetInt32(), fault.GetProperty("remaining").GetInt32()));
    }

    [Fact]
    public async Task Every_so_manieth_call_is_hit_as_often_as_asked_and_behind_those_that_pass()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/faults", new { path = "/v1/albums", status = 500, after = 1, every = 2, count = 2 });
        await AnswersAreAsync(emulator, [200, 200, 500, 200, 500, 200, 200, 200]);
    }

    [Fact]
    public async Task Several_faults_count_their_own_calls_and_the_first_set_goes_first()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/faults", new object[]
        {
            new { path = "/v1/albums", status = 503, every = 2 },
            new { path = "/v1/", status = 500, every = 3 },
        });
        await AnswersAreAsync(emulator, [200, 503, 500, 503, 200, 503, 200, 503, 500]);
    }

    [Fact]
    public async Task A_script_of_statuses_comes_one_after_the_other()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await emulator.PostAsync("emulator/faults", new object[]
        {
            new { path = "/v1/albums", status = 503, count = 2 },
            new { path = "/v1/albums", status = 500 },
        });
        await AnswersAreAsync(emulator, [503, 503, 500, 200]);
    }

    [Fact]
    public async Task Every_so_manieth_body_is_cut()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string id = (await emulator.SeedAsync(new { size = 400_000 }))[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        await emulator.PostAsync("emulator/faults", new { kind = "media.get", cutAfterBytes = 300_000, every = 2 });
        for (int round = 0; round < 3; round++)
        {
            Assert.True((await emulator.Http.GetByteArrayAsync(url)).Length > 400_000);
            await Assert.ThrowsAnyAsync<HttpRequestException>(() => emulator.Http.GetByteArrayAsync(url));
        }
    }

    [Theory]
    [InlineData("""{"path":"/","every":0,"status":500}""")]
    [InlineData("""{"path":"/","every":2,"breakAfterBytes":100}""")]
    public async Task Every_must_make_sense(string fault)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        using StringContent body = new(fault, Encoding.UTF8, "application/json");
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("emulator/faults", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task A_reset_is_one_of_the_connection_and_the_method_is_never_reached()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string token = (await emulator.IssueAsync()).AccessToken;
        await emulator.PostAsync("emulator/faults", new { kind = "albums.create", reset = true });

        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(IPAddress.Loopback, emulator.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes(
            $"POST /v1/albums HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer {token}\r\nContent-Length: 23\r\n\r\n"
            + """{"album":{"title":"T"}}"""));
        SocketException gone = await Assert.ThrowsAsync<SocketException>(async () => await socket.ReceiveAsync(new byte[100]));
        Assert.Equal(SocketError.ConnectionReset, gone.SocketErrorCode);
        Assert.Equal("{}", (await emulator.GetAsync("v1/albums")).GetRawText());
    }

    [Fact]
    public async Task A_quota_reply_of_a_media_server_can_say_when_to_come_back()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { Items = 1 });
        string id = (await emulator.GetAsync("v1/mediaItems")).Ids()[0];
        Uri url = await emulator.BaseUrlAsync(id, "=d");
        await emulator.PostAsync("emulator/faults", new
        {
            kind = "media.get",
            status = 429,
            every = 2,
            headers = new Dictionary<string, string> { ["Retry-After"] = "7" },
        });
        using HttpResponseMessage good = await emulator.Http.GetAsync(url);
        using HttpResponseMessage bad = await emulator.Http.GetAsync(url);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.TooManyRequests), (good.StatusCode, bad.StatusCode));
        Assert.Equal(TimeSpan.FromSeconds(7), bad.Headers.RetryAfter!.Delta);
    }
}
