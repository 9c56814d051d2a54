using System.Security.Cryptography;
using System.Text.Json;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Http;
using GPhotos.Core.Quota;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Storage;

/// <summary>A client of one bucket that waits for nothing, under a service account of the server it talks to.</summary>
internal sealed class TestStorage : IDisposable
{
    /// <summary>What the sign-in to Google Photos would send. Cloud Storage must never see it.</summary>
    public const string PhotosToken = "canary-of-the-sign-in";

    public const string Account = "backup@example.iam.gserviceaccount.com";

    private static readonly Lazy<string> Key = new(() =>
    {
        using RSA rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKeyPem();
    });

    private readonly HttpPipeline _pipeline;
    private readonly StorageCredential _credential;

    private TestStorage(
        HttpPipeline pipeline, StorageCredential credential, StorageClient client, CallLedger ledger, TestClock clock, List<RetryingEventArgs> notices) =>
        (_pipeline, _credential, Client, Ledger, Clock, Notices) = (pipeline, credential, client, ledger, clock, notices);

    public StorageClient Client { get; }

    /// <summary>What would count against the quota of Google Photos.</summary>
    public CallLedger Ledger { get; }

    public TestClock Clock { get; }

    public List<RetryingEventArgs> Notices { get; }

    public static async Task<TestStorage> OpenAsync(Uri server, string bucket = FakeBucket.Name, string? keyFile = null)
    {
        using TempFolder folder = new();
        GPhotosEndpoints endpoints = GPhotosEndpoints.At(server);
        StorageCredential credential = await StorageCredential.LoadAsync(
            folder.Write("key.json", keyFile ?? KeyFile(new Uri(server, "token").ToString())), endpoints, default);
        TestClock clock = new();
        List<RetryingEventArgs> notices = [];
        GPhotosClientOptions options = new()
        {
            Endpoints = endpoints,
            Tokens = new FixedTokenSource(PhotosToken, null),
            TimeProvider = clock,
            AnswerTimeout = TestClock.AttemptLimit,
        };
        RetryPolicy retry = new(options, notice =>
        {
            lock (notices)
            {
                notices.Add(notice);
            }
        });
        CallLedger ledger = new(options);
        HttpPipeline pipeline = new(options, retry, ledger);
        StorageClient client = new(bucket, credential, options, pipeline.Client(HttpClientNames.Storage), retry);
        return new TestStorage(pipeline, credential, client, ledger, clock, notices);
    }

    /// <summary>The key file of a service account; the key is made for this run.</summary>
    public static string KeyFile(string tokenUri, string type = "service_account") => JsonSerializer.Serialize(new
    {
        type,
        project_id = "example",
        private_key_id = "k1",
        private_key = Key.Value,
        client_email = Account,
        client_id = "1",
        token_uri = tokenUri,
    });

    public static byte[] Bytes(int length)
    {
        byte[] bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>Writes in pieces that fit nothing, as they come from a network.</summary>
    public async Task<StoredObject> SendAsync(string name, byte[] bytes, long? length = null, int piece = 81_000)
    {
        await using ObjectUpload upload = Client.NewUpload(name, "image/jpeg", length: length);
        for (int i = 0; i < bytes.Length; i += piece)
        {
            await upload.WriteAsync(bytes.AsMemory(i, Math.Min(piece, bytes.Length - i)));
        }

        return await upload.CompleteAsync();
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        Ledger.Dispose();
        _credential.Dispose();
    }
}
