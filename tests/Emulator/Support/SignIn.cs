using System.Buffers.Text;
using System.Collections.Specialized;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;

namespace GPhotos.Tests.Emulator.Support;

/// <summary>Signs in as a bare client would: through the consent page and the token endpoint.</summary>
internal static class SignIn
{
    public const string Redirect = "http://127.0.0.1:9/callback/";
    public const string Append = "https://www.googleapis.com/auth/photoslibrary.appendonly";
    public const string Read = "https://www.googleapis.com/auth/photoslibrary.readonly.appcreateddata";

    public const string Dead = """{"error":"invalid_grant","error_description":"Token has been expired or revoked."}""";

    public static string Verifier { get; } = new('v', 43);

    public static string ChallengeOf(string verifier) => Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier)));

    /// <summary>An authorization request; what is named replaces or adds, and null takes away.</summary>
    public static Dictionary<string, string> Request(params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string> request = new()
        {
            ["client_id"] = "emulator-client",
            ["redirect_uri"] = Redirect,
            ["response_type"] = "code",
            ["scope"] = Append,
            ["state"] = "s",
            ["code_challenge"] = ChallengeOf(Verifier),
            ["code_challenge_method"] = "S256",
        };
        foreach ((string name, string? value) in changes)
        {
            request.Remove(name);
            if (value is not null)
            {
                request[name] = value;
            }
        }

        return request;
    }

    /// <summary>Opens the consent page, or that which is shown in its place.</summary>
    public static async Task<(HttpStatusCode Status, string Page)> OpenAsync(TestEmulator emulator, params (string Name, string? Value)[] changes)
    {
        string query = string.Join('&', Request(changes).Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        using HttpResponseMessage response = await emulator.Http.GetAsync(new Uri("o/oauth2/v2/auth?" + query, UriKind.Relative));
        return (response.StatusCode, WebUtility.HtmlDecode(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Says yes on the consent page (or another <c>decision</c>), with every box ticked unless some are named.</summary>
    /// <returns>The query of the redirect.</returns>
    public static async Task<NameValueCollection> AllowAsync(
        TestEmulator emulator, string[]? ticked = null, params (string Name, string? Value)[] changes)
    {
        Dictionary<string, string> request = Request(changes);
        string asked = request["scope"];
        request.Remove("scope");
        List<KeyValuePair<string, string>> form = [new("decision", "allow"), .. request, new("requested_scope", asked)];
        form.AddRange((ticked ?? asked.Split(' ')).Select(scope => KeyValuePair.Create("scope", scope)));
        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("o/oauth2/v2/auth", UriKind.Relative), content);
        Assert.Equal(HttpStatusCode.Redirect, response.StatusCode);
        Assert.StartsWith(Redirect + "?", response.Headers.Location!.ToString(), StringComparison.Ordinal);
        return HttpUtility.ParseQueryString(response.Headers.Location.Query);
    }

    /// <summary>Exchanges a code; what is named replaces or adds, and null takes away.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> ExchangeAsync(
        TestEmulator emulator, string code, params (string Name, string? Value)[] changes) =>
        TokenAsync(emulator, [("grant_type", "authorization_code"), ("code", code), ("redirect_uri", Redirect), ("code_verifier", Verifier), .. changes]);

    /// <summary>Refreshes; what is named replaces or adds, and null takes away.</summary>
    public static Task<(HttpStatusCode Status, JsonElement Body)> RefreshAsync(
        TestEmulator emulator, string refreshToken, params (string Name, string? Value)[] changes) =>
        TokenAsync(emulator, [("grant_type", "refresh_token"), ("refresh_token", refreshToken), .. changes]);

    /// <summary>Fails unless the refresh is refused in just these words.</summary>
    public static async Task RefusedAsync(TestEmulator emulator, string refreshToken, string body, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        (HttpStatusCode Status, JsonElement Body) got = await RefreshAsync(emulator, refreshToken);
        Assert.Equal((status, body), (got.Status, got.Body.GetRawText()));
    }

    public static async Task RefreshesAsync(TestEmulator emulator, string refreshToken) =>
        Assert.Equal(HttpStatusCode.OK, (await RefreshAsync(emulator, refreshToken)).Status);

    /// <summary>A refresh token by the admin call.</summary>
    public static async Task<string> RefreshTokenAsync(TestEmulator emulator, object? wanted = null) =>
        (await emulator.PostAsync("emulator/tokens", wanted ?? new { })).Text("refresh_token");

    /// <summary>The grants that an admin sees.</summary>
    public static async Task<JsonElement[]> GrantsAsync(TestEmulator emulator) =>
        [.. (await emulator.GetAsync("emulator/oauth")).GetProperty("grants").EnumerateArray()];

    private static async Task<(HttpStatusCode Status, JsonElement Body)> TokenAsync(
        TestEmulator emulator, params (string Name, string? Value)[] fields)
    {
        Dictionary<string, string> form = new() { ["client_id"] = "emulator-client", ["client_secret"] = "emulator-secret" };
        foreach ((string name, string? value) in fields)
        {
            form.Remove(name);
            if (value is not null)
            {
                form[name] = value;
            }
        }

        using FormUrlEncodedContent content = new(form);
        using HttpResponseMessage response = await emulator.Http.PostAsync(new Uri("token", UriKind.Relative), content);
        return (response.StatusCode, await response.Content.ReadFromJsonAsync<JsonElement>());
    }
}
