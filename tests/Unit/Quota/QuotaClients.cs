using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Quota;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Quota;

/// <summary>Clients that share a folder, and ledgers without a client.</summary>
internal static class QuotaClients
{
    public const string Project = "123456";

    public static readonly GPhotosEndpoints Nowhere = GPhotosEndpoints.At(new Uri("http://127.0.0.1:9/"));

    /// <summary>Another client with the token of the first.</summary>
    public static async Task<GPhotosClient> ClientAsync(this TestGoogle google, string? folder, string account = "anna", int writesPerMinute = 30, TestClock? clock = null) =>
        new(new GPhotosClientOptions
        {
            Endpoints = google.Endpoints,
            Tokens = new FixedTokenSource((await google.IssueAsync()).AccessToken, null),
            Account = account,
            Project = Project,
            DataFolder = folder,
            WritesPerMinute = writesPerMinute,
            TimeProvider = clock ?? google.Clock,
            AnswerTimeout = TestClock.AttemptLimit,
        });

    public static CallLedger Ledger(TimeProvider time, string? folder, string project = Project) => new(new GPhotosClientOptions
    {
        Endpoints = Nowhere,
        Tokens = new FixedTokenSource("t", null),
        Account = "anna",
        Project = project,
        DataFolder = folder,
        TimeProvider = time,
    });

    public static GPhotosQuota Spending(this CallLedger ledger) => new QuotaReport(ledger).Today();

    /// <summary>Sends past a meter to a network that is none.</summary>
    public static async Task SendAsync(
        this CallLedger ledger, Func<HttpResponseMessage> answer, CallKind kind = CallKind.Library, string name = "mediaItems.list")
    {
        using HttpClient http = new(new CallMeter(ledger, kind) { InnerHandler = new Network(answer) });
        using HttpRequestMessage request = new(HttpMethod.Get, Nowhere.Root);
        new CallTraits(name).Mark(request);
        using HttpResponseMessage response = await http.SendAsync(request);
    }

    private sealed class Network(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer());
    }
}
