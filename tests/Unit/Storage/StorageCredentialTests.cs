using GPhotos.Core;
using GPhotos.Core.Storage;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Storage;

public sealed class StorageCredentialTests
{
    private const string GoogleToken = "https://oauth2.googleapis.com/token";

    private static readonly GPhotosEndpoints Emulator = GPhotosEndpoints.At(new Uri("http://127.0.0.1:4711/"));

    [Fact]
    public async Task One_token_serves_many_calls_and_none_is_the_sign_ins()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        await storage.SendAsync("a", TestStorage.Bytes(10));
        await storage.SendAsync("b", TestStorage.Bytes(10));

        Assert.Equal(1, bucket.Count("token"));
        Assert.All(bucket.Calls.Where(c => c.Kind != "token"), c => Assert.Equal("Bearer token-1", c.Authorization));
    }

    [Fact]
    public async Task Only_a_change_of_metadata_goes_with_a_token_that_may_more()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        StoredObject stored = await storage.SendAsync("a", TestStorage.Bytes(10));

        await storage.Client.PatchMetadataAsync("a", stored.Generation, new Dictionary<string, string?>());
        await storage.Client.DeleteAsync("a", stored.Generation);

        Assert.Equal([StorageCredential.Scope, StorageCredential.MetadataScope], bucket.TokenScopes);
        Assert.All(
            bucket.Calls.Where(c => c.Kind != "token"), c => Assert.Equal(c.Kind == "patch" ? "Bearer token-2" : "Bearer token-1", c.Authorization));
    }

    [Fact]
    public async Task A_token_that_is_refused_is_renewed_once_in_any_call()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        byte[] bytes = TestStorage.Bytes((2 * ObjectUpload.ChunkSize) + 1);
        await storage.SendAsync("a", [1]);
        bucket.ExpiredTokens = 1;

        await using ObjectUpload upload = storage.Client.NewUpload("b", "image/jpeg");
        await upload.WriteAsync(bytes.AsMemory(0, ObjectUpload.ChunkSize));
        await upload.WriteAsync(bytes.AsMemory(ObjectUpload.ChunkSize, 10));
        bucket.ExpiredTokens = 2;
        await upload.WriteAsync(bytes.AsMemory(ObjectUpload.ChunkSize + 10));
        await upload.CompleteAsync();

        Assert.Equal(bytes, bucket.Objects["b"].Bytes);
        Assert.Equal(3, bucket.Count("token"));
    }

    [Fact]
    public async Task A_bucket_that_takes_no_token_ends_it()
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        bucket.ExpiredTokens = int.MaxValue;
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);

        StorageAccessDeniedException error = await Assert.ThrowsAsync<StorageAccessDeniedException>(() => storage.SendAsync("a", [1]));

        Assert.Equal(401, error.HttpStatus);
        Assert.Equal((2, 2), (bucket.Count("token"), bucket.Count("start")));
        Assert.DoesNotContain("token-", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, "{\"error\":\"invalid_grant\",\"error_description\":\"Invalid JWT Signature.\"}", typeof(StorageAccessDeniedException), "Invalid JWT Signature")]
    [InlineData(401, "{\"error\":\"invalid_client\"}", typeof(StorageAccessDeniedException), "invalid_client")]
    [InlineData(403, "", typeof(StorageAccessDeniedException), "HTTP 403")]
    [InlineData(200, "<html>", typeof(StorageAccessDeniedException), "")]
    public async Task A_token_that_is_not_given_says_who_asked(int status, string body, Type type, string words)
    {
        await using FakeBucket bucket = await FakeBucket.StartAsync();
        using TestStorage storage = await TestStorage.OpenAsync(bucket.Address);
        bucket.Then("token", new Trouble(false, status, body));

        GPhotosException error = await Assert.ThrowsAnyAsync<GPhotosException>(() => storage.SendAsync("a", [1]));

        Assert.IsType(type, error);
        Assert.Contains(TestStorage.Account, error.Message, StringComparison.Ordinal);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("PRIVATE KEY", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, bucket.Count("start"));
    }

    [Fact]
    public async Task What_asks_for_a_token_follows_no_redirect()
    {
        await using RecordingServer elsewhere = await RecordingServer.StartAsync();
        await using TestWeb web = await TestWeb.StartAsync(context =>
        {
            context.Response.StatusCode = 307;
            context.Response.Headers.Location = elsewhere.Address.ToString();
            return Task.CompletedTask;
        });
        using TestStorage storage = await TestStorage.OpenAsync(web[""]);

        await Assert.ThrowsAsync<StorageAccessDeniedException>(() => storage.SendAsync("a", [1]));

        Assert.Empty(elsewhere.Requests);
    }

    [Theory]
    [InlineData(GoogleToken)]
    [InlineData("https://127.0.0.1:4711/token")]
    [InlineData("http://127.0.0.1:4712/token")]
    [InlineData("http://localhost:4711/token")]
    [InlineData("nonsense")]
    [InlineData("")]
    public Task At_another_server_only_its_own_service_account_is_used(string tokenUri) =>
        AssertRefusedAsync(TestStorage.KeyFile(tokenUri), Emulator);

    [Theory]
    [InlineData("authorized_user")]
    [InlineData("external_account")]
    [InlineData("impersonated_service_account")]
    public Task At_another_server_no_other_kind_is_used(string type) =>
        AssertRefusedAsync(TestStorage.KeyFile("http://127.0.0.1:4711/token", type), Emulator);

    [Theory]
    [InlineData("http://oauth2.googleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com:444/token")]
    [InlineData("https://oauth2.googleapis.com.example.com/token")]
    [InlineData("https://evilgoogleapis.com/token")]
    [InlineData("https://oauth2.googleapis.com@example.com/token")]
    [InlineData("http://127.0.0.1:4711/token")]
    public Task At_Google_tokens_come_from_Google(string tokenUri) =>
        AssertRefusedAsync(TestStorage.KeyFile(tokenUri), GPhotosEndpoints.Google);

    [Theory]
    [InlineData("""{"type":"external_account","token_url":"https://example.com/v1/token"}""")]
    [InlineData("""{"type":"external_account","token_url":"https://sts.googleapis.com/v1/token","service_account_impersonation_url":"https://example.com/a:generateAccessToken"}""")]
    [InlineData("""{"type":"impersonated_service_account","source_credentials":{"type":"authorized_user","token_uri":"https://example.com/token"}}""")]
    [InlineData("""{"type":"service_account","token_uri":"https://oauth2.googleapis.com/token","universe_domain":"example.com"}""")]
    public Task At_Google_no_part_of_a_credential_leads_elsewhere(string json) => AssertRefusedAsync(json, GPhotosEndpoints.Google);

    [Fact]
    public async Task At_Google_a_service_account_and_a_gcloud_sign_in_are_taken()
    {
        using TempFolder folder = new();
        using StorageCredential service = await LoadAsync(folder.Write("key.json", TestStorage.KeyFile(GoogleToken)), GPhotosEndpoints.Google);
        using StorageCredential user = await LoadAsync(
            folder.Write("user.json", """{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}"""), GPhotosEndpoints.Google);

        Assert.Equal(TestStorage.Account, service.Account);
        Assert.Contains("user.json", user.Account, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""
        {"type":"external_account","audience":"//iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/x",
        "subject_token_type":"urn:ietf:params:oauth:token-type:jwt","token_url":"https://sts.googleapis.com/v1/token",
        "service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/backup@example.iam.gserviceaccount.com:generateAccessToken",
        "credential_source":{"file":"/nowhere/token"}}
        """)]
    [InlineData("""
        {"type":"impersonated_service_account",
        "service_account_impersonation_url":"https://iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/backup@example.iam.gserviceaccount.com:generateAccessToken",
        "source_credentials":{"type":"authorized_user","client_id":"c","client_secret":"s","refresh_token":"r"}}
        """)]
    public async Task At_Google_an_identity_of_elsewhere_and_one_that_stands_for_another_are_taken(string json)
    {
        using TempFolder folder = new();
        using StorageCredential credential = await LoadAsync(folder.Write("key.json", json), GPhotosEndpoints.Google);

        Assert.Equal((TestStorage.Account, true), (credential.Account, credential.CanRefresh));
        Assert.Null(credential.ExpiresAt);
    }

    [Fact]
    public async Task An_identity_of_elsewhere_that_cannot_be_read_is_told()
    {
        using TempFolder folder = new();
        using StorageCredential credential = await LoadAsync(
            folder.Write("key.json", """
                {"type":"external_account","audience":"a","subject_token_type":"urn:ietf:params:oauth:token-type:jwt",
                "token_url":"https://sts.googleapis.com/v1/token","credential_source":{"file":"/nowhere/token"}}
                """),
            GPhotosEndpoints.Google);

        StorageAccessDeniedException error = await Assert.ThrowsAsync<StorageAccessDeniedException>(async () => await credential.GetAsync(default));

        Assert.Contains("key.json", error.Message, StringComparison.Ordinal);
        Assert.Contains("/nowhere/token", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_defaults_are_looked_for_where_gcloud_leaves_them()
    {
        using TempFolder folder = new();
        string key = folder.Write("application_default_credentials.json", TestStorage.KeyFile(GoogleToken));
        foreach ((string variable, string value) in new[] { ("GOOGLE_APPLICATION_CREDENTIALS", key), ("CLOUDSDK_CONFIG", folder.Path) })
        {
            using StorageCredential credential = await StorageCredentialFile.LoadAsync(null, GPhotosEndpoints.Google, v => v == variable ? value : null, default);
            Assert.Equal(TestStorage.Account, credential.Account);
        }
    }

    [Fact]
    public async Task The_defaults_are_for_Google_alone_but_a_key_file_that_is_named_there_may_be_the_servers_own()
    {
        using TempFolder folder = new();
        string google = folder.Write("application_default_credentials.json", TestStorage.KeyFile(GoogleToken));
        string own = folder.Write("own.json", TestStorage.KeyFile("http://127.0.0.1:4711/token"));

        await Assert.ThrowsAsync<StorageAccessDeniedException>(
            () => StorageCredentialFile.LoadAsync(null, Emulator, v => v == "CLOUDSDK_CONFIG" ? folder.Path : null, default));
        await Assert.ThrowsAsync<StorageAccessDeniedException>(
            () => StorageCredentialFile.LoadAsync(null, Emulator, v => v == "GOOGLE_APPLICATION_CREDENTIALS" ? google : null, default));
        (await StorageCredentialFile.LoadAsync(null, Emulator, v => v == "GOOGLE_APPLICATION_CREDENTIALS" ? own : null, default)).Dispose();
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("not json")]
    [InlineData("""{"type":"service_account","client_email":"a@b","token_uri":"https://oauth2.googleapis.com/token","private_key":"-----BEGIN """ + """PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"}""")]
    [InlineData("""{"installed":{"client_id":"c","client_secret":"secret"}}""")]
    public async Task A_file_that_is_no_credential_is_told_without_showing_it(string json)
    {
        StorageAccessDeniedException error = await AssertRefusedAsync(json, GPhotosEndpoints.Google);

        Assert.DoesNotContain("secret", error.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("c2VjcmV0", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_named() =>
        Assert.EndsWith("no.json", (await Assert.ThrowsAsync<FileReadFailedException>(() => LoadAsync("/nowhere/no.json", GPhotosEndpoints.Google))).Path, StringComparison.Ordinal);

    private static async Task<StorageAccessDeniedException> AssertRefusedAsync(string json, GPhotosEndpoints endpoints)
    {
        using TempFolder folder = new();
        StorageAccessDeniedException error = await Assert.ThrowsAsync<StorageAccessDeniedException>(() => LoadAsync(folder.Write("key.json", json), endpoints));
        Assert.True(error.EndsTheRun);
        return error;
    }

    private static Task<StorageCredential> LoadAsync(string path, GPhotosEndpoints endpoints) => StorageCredential.LoadAsync(path, endpoints, default);
}
