using System.Net;
using System.Text.Json;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class AuthorizationCodeTests
{
    private const string BadRequest = """{"error":"invalid_grant","error_description":"Bad Request"}""";
    private const string InvalidVerifier = """{"error":"invalid_grant","error_description":"Invalid code verifier."}""";

    private static async Task RefusedAsync(
        TestEmulator emulator, string code, string body, HttpStatusCode status = HttpStatusCode.BadRequest, params (string Name, string? Value)[] changes)
    {
        (HttpStatusCode Status, JsonElement Body) got = await SignIn.ExchangeAsync(emulator, code, changes);
        Assert.Equal((status, body), (got.Status, got.Body.GetRawText()));
    }

    private static async Task<string> CodeAsync(TestEmulator emulator, params (string Name, string? Value)[] changes) =>
        (await SignIn.AllowAsync(emulator, null, changes))["code"]!;

    [Fact]
    public async Task A_code_is_taken_once_and_for_ten_minutes()
    {
        ManualClock clock = new();
        await using TestEmulator emulator = await TestEmulator.StartAsync(new EmulatorOptions { TimeProvider = clock });
        string one = await CodeAsync(emulator);
        string other = await CodeAsync(emulator);
        clock.Advance(TimeSpan.FromMinutes(10) - TimeSpan.FromSeconds(1));
        Assert.Equal(HttpStatusCode.OK, (await SignIn.ExchangeAsync(emulator, one)).Status);
        await RefusedAsync(emulator, one, BadRequest);
        clock.Advance(TimeSpan.FromSeconds(1));
        await RefusedAsync(emulator, other, BadRequest);
    }

    [Fact]
    public async Task A_code_is_for_the_client_that_asked()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await RefusedAsync(emulator, await CodeAsync(emulator), BadRequest, changes: ("client_id", "emulator-client.second"));
        await RefusedAsync(emulator, await CodeAsync(emulator), BadRequest, changes: ("client_id", "emulator-client-two"));
    }

    [Theory]
    [InlineData("redirect_uri", "http://localhost:9/callback/", """{"error":"redirect_uri_mismatch","error_description":"Bad Request"}""")]
    [InlineData("redirect_uri", null, """{"error":"redirect_uri_mismatch","error_description":"Bad Request"}""")]
    [InlineData("code", "made-up", """{"error":"invalid_grant","error_description":"Malformed auth code."}""")]
    [InlineData("code", "made/up", BadRequest)]
    [InlineData("code", null, """{"error":"invalid_request","error_description":"Missing required parameter: code"}""")]
    [InlineData("grant_type", null, """{"error":"invalid_request","error_description":"Required parameter is missing: grant_type"}""")]
    [InlineData("grant_type", "password", """{"error":"unsupported_grant_type","error_description":"Invalid grant_type: password"}""")]
    [InlineData("client_secret", null, """{"error":"invalid_request","error_description":"client_secret is missing."}""")]
    [InlineData("client_secret", "wrong", """{"error":"invalid_client","error_description":"Unauthorized"}""", HttpStatusCode.Unauthorized)]
    [InlineData(
        "client_id", "stranger", """{"error":"invalid_client","error_description":"The OAuth client was not found."}""", HttpStatusCode.Unauthorized)]
    [InlineData("code_verifier", null, """{"error":"invalid_grant","error_description":"Missing code verifier."}""")]
    public async Task An_exchange_that_is_wrong_is_refused_in_Googles_words(
        string field, string? value, string body, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await RefusedAsync(emulator, await CodeAsync(emulator), body, status, (field, value));
    }

    /// <summary>The lengths and letters of RFC 7636, section 4.1, though the challenge would fit.</summary>
    [Theory]
    [InlineData(42, 'v', false)]
    [InlineData(43, 'v', true)]
    [InlineData(43, '~', true)]
    [InlineData(43, '+', false)]
    [InlineData(43, '=', false)]
    [InlineData(43, ' ', false)]
    [InlineData(128, '.', true)]
    [InlineData(129, '.', false)]
    public async Task A_verifier_has_the_length_and_letters_that_it_must(int length, char letter, bool accepted)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string verifier = new(letter, length);
        string code = await CodeAsync(emulator, ("code_challenge", SignIn.ChallengeOf(verifier)));
        if (accepted)
        {
            Assert.Equal(HttpStatusCode.OK, (await SignIn.ExchangeAsync(emulator, code, ("code_verifier", verifier))).Status);
        }
        else
        {
            await RefusedAsync(emulator, code, InvalidVerifier, changes: ("code_verifier", verifier));
        }
    }

    [Fact]
    public async Task A_verifier_of_another_challenge_is_refused()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        await RefusedAsync(emulator, await CodeAsync(emulator), InvalidVerifier, changes: ("code_verifier", new string('w', 43)));
    }

    [Fact]
    public async Task A_plain_challenge_is_its_own_verifier()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string verifier = new('p', 60);
        string code = await CodeAsync(emulator, ("code_challenge", verifier), ("code_challenge_method", null));
        Assert.Equal(HttpStatusCode.OK, (await SignIn.ExchangeAsync(emulator, code, ("code_verifier", verifier))).Status);
    }

    [Fact]
    public async Task Without_a_challenge_there_is_no_verifier()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (string, string?)[] bare = [("code_challenge", null), ("code_challenge_method", null)];
        await RefusedAsync(
            emulator, await CodeAsync(emulator, bare), """{"error":"invalid_grant","error_description":"code_verifier or verifier is not needed"}""");
        Assert.Equal(HttpStatusCode.OK, (await SignIn.ExchangeAsync(emulator, await CodeAsync(emulator, bare), ("code_verifier", null))).Status);
    }

    [Theory]
    [InlineData("short", "S256", "Invalid value for code_challenge: see RFC 7636.")]
    [InlineData("vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv", "S256", "Invalid value for code_challenge: see RFC 7636.")]
    [InlineData("vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv~", "S256", "Invalid value for code_challenge: see RFC 7636.")]
    [InlineData("vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv", "plain", "Invalid value for code_challenge: see RFC 7636.")]
    [InlineData("vvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvvv", "S512", "Unsupported code_challenge_method.")]
    [InlineData(null, "S256", "Missing required parameter: code_challenge")]
    public async Task A_challenge_that_cannot_be_one_ends_on_a_page(string? challenge, string method, string says)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        (HttpStatusCode status, string page) = await SignIn.OpenAsync(emulator, ("code_challenge", challenge), ("code_challenge_method", method));
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains($"<p>{says}</p><p>Error 400: invalid_request</p>", page, StringComparison.Ordinal);
    }
}
