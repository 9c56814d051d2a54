using System.Buffers.Text;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ServiceAccountTests
{
    private const string ReadWrite = "https://www.googleapis.com/auth/devstorage.read_write";
    private const string GrantType = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    private static async Task<(HttpStatusCode Status, JsonElement Body)> ExchangeAsync(TestEmulator emulator, string? assertion)
    {
        Dictionary<string, string> form = new() { ["grant_type"] = GrantType };
        if (assertion is not null)
        {
            form["assertion"] = assertion;
        }

        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("token", UriKind.Relative), new FormUrlEncodedContent(form));
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static string Sign(JsonElement key, object claims, object? head = null, RSA? other = null)
    {
        using RSA own = RSA.Create();
        own.ImportFromPem(key.Text("private_key"));
        string text = Encode(JsonSerializer.SerializeToUtf8Bytes(head ?? new { alg = "RS256", typ = "JWT", kid = key.Text("private_key_id") }))
            + "." + Encode(JsonSerializer.SerializeToUtf8Bytes(claims));
        byte[] signature = (other ?? own).SignData(Encoding.ASCII.GetBytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return text + "." + Encode(signature);
    }

    private static string Encode(byte[] bytes) => Base64Url.EncodeToString(bytes);

    private static Dictionary<string, object> Claims(JsonElement key)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        return new()
        {
            ["iss"] = key.Text("client_email"),
            ["aud"] = key.Text("token_uri"),
            ["scope"] = ReadWrite,
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
    }

    [Fact]
    public async Task A_signed_token_becomes_an_access_token_of_its_scopes()
    {
        await using StorageClient client = await StorageClient.StartAsync();
        JsonElement key = await client.Emulator.GetAsync("emulator/service_account.json");
        Assert.Equal(("service_account", $"{client.Emulator.Address}token"), (key.Text("type"), key.Text("token_uri")));
        (HttpStatusCode status, JsonElement body) = await ExchangeAsync(client.Emulator, Sign(key, Claims(key)));
        Assert.Equal((HttpStatusCode.OK, "Bearer", 3599), (status, body.Text("token_type"), body.GetProperty("expires_in").GetInt32()));
        Assert.False(body.Has("refresh_token"));
        client.Emulator.Authorize(body.Text("access_token"));
        await client.PutAsync("a", [1]);
        await client.RefusedAsync(HttpMethod.Patch, StorageClient.ObjectPath("a"), HttpStatusCode.Forbidden, JsonContent.Create(new { }));
        await client.Emulator.RefusedAsync("v1/mediaItems", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Each_emulator_has_a_key_of_its_own()
    {
        await using TestEmulator one = await TestEmulator.StartAsync();
        await using TestEmulator other = await TestEmulator.StartAsync();
        string key = (await one.GetAsync("emulator/service_account.json")).Text("private_key");
        Assert.Equal(key, (await one.GetAsync("emulator/service_account.json")).Text("private_key"));
        Assert.NotEqual(key, (await other.GetAsync("emulator/service_account.json")).Text("private_key"));
    }

    [Theory]
    [InlineData("aud", "https://example.com/token", "invalid_grant", "Invalid JWT: Failed audience check.")]
    [InlineData("iss", "other@example.com", "invalid_grant", "Invalid grant: account not found")]
    [InlineData("scope", "", "invalid_scope", "Invalid OAuth scope or ID token audience provided.")]
    [InlineData("scope", "https://www.googleapis.com/auth/devstorage.read_writ", "invalid_scope", "Invalid OAuth scope or ID token audience provided.")]
    [InlineData("exp", 3601L, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)")]
    [InlineData("exp", -400L, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)")]
    [InlineData("iat", 400L, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)")]
    [InlineData("iat", -7200L, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)")]
    [InlineData("iat", null, "invalid_grant", "Invalid JWT: Token must be a short-lived token (60 minutes)")]
    public async Task A_token_that_says_something_wrong_is_refused(string claim, object? value, string error, string description)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement key = await emulator.GetAsync("emulator/service_account.json");
        Dictionary<string, object> claims = Claims(key);
        claims.Remove(claim);
        if (value is not null)
        {
            claims[claim] = value is long seconds ? DateTimeOffset.UtcNow.ToUnixTimeSeconds() + seconds : value;
        }

        (HttpStatusCode status, JsonElement body) = await ExchangeAsync(emulator, Sign(key, claims));
        Assert.Equal((HttpStatusCode.BadRequest, error), (status, body.Text("error")));
        Assert.StartsWith(description, body.Text("error_description"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_somebody_else_signed_is_refused()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement key = await emulator.GetAsync("emulator/service_account.json");
        using RSA stranger = RSA.Create(2048);
        string good = Sign(key, Claims(key));
        string[] wrong =
        [
            Sign(key, Claims(key), other: stranger),
            Sign(key, Claims(key), new { alg = "none" }),
            Sign(key, Claims(key), new { alg = "RS256", kid = "another" }),
            good.Split('.')[0] + "." + Sign(key, new { iss = key.Text("client_email"), more = 1 }).Split('.')[1] + "." + good.Split('.')[2],
        ];
        foreach (string assertion in wrong)
        {
            (HttpStatusCode status, JsonElement body) = await ExchangeAsync(emulator, assertion);
            Assert.Equal(
                (HttpStatusCode.BadRequest, "invalid_grant", "Invalid JWT Signature."), (status, body.Text("error"), body.Text("error_description")));
        }
    }

    [Theory]
    [InlineData(null, "invalid_request")]
    [InlineData("", "invalid_request")]
    [InlineData("no token", "invalid_grant")]
    [InlineData("a.b.c", "invalid_grant")]
    [InlineData("e30.W10.e30", "invalid_grant")]
    public async Task What_is_no_token_is_refused(string? assertion, string error)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        Assert.Equal(error, (await ExchangeAsync(emulator, assertion)).Body.Text("error"));
    }
}
