using System.Net;
using System.Text.Json;
using GPhotos.Tests.Emulator.Support;

namespace GPhotos.Tests.Emulator;

public sealed class ClientFileTests
{
    private static string Members(JsonElement file) => string.Join(' ', file.EnumerateObject().Select(member => member.Name));

    [Fact]
    public async Task A_Desktop_clients_file_has_a_secret_only_when_it_is_new()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement first = (await emulator.GetAsync("emulator/client_secret.json")).GetProperty("installed");
        Assert.Equal("client_id project_id auth_uri token_uri auth_provider_x509_cert_url client_secret redirect_uris", Members(first));
        Assert.Equal("""["http://localhost"]""", first.GetProperty("redirect_uris").GetRawText());
        JsonElement later = (await emulator.GetAsync("emulator/client_secret.json?kind=no-secret")).GetProperty("installed");
        Assert.Equal("client_id project_id auth_uri token_uri auth_provider_x509_cert_url redirect_uris", Members(later));
        Assert.Equal("emulator-client", later.Text("client_id"));
        await emulator.RefusedAsync("emulator/client_secret.json?kind=other", HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("", "emulator-client", "emulator-project")]
    [InlineData("?project=two", "emulator-client-two", "two")]
    [InlineData("?client=second", "emulator-client.second", "emulator-project")]
    [InlineData("?project=two&client=second", "emulator-client-two.second", "two")]
    public async Task Each_project_has_clients_of_its_own(string query, string clientId, string project)
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement file = (await emulator.GetAsync("emulator/client_secret.json" + query)).GetProperty("installed");
        Assert.Equal((clientId, project), (file.Text("client_id"), file.Text("project_id")));
        var answer = await SignIn.AllowAsync(emulator, null, ("client_id", clientId));
        Assert.Equal(HttpStatusCode.OK, (await SignIn.ExchangeAsync(emulator, answer["code"]!, ("client_id", clientId))).Status);
        Assert.Equal(project, (await SignIn.GrantsAsync(emulator))[^1].Text("project"));
    }

    [Fact]
    public async Task An_authorized_users_file_is_what_gcloud_leaves_behind()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        JsonElement file = await emulator.GetAsync("emulator/authorized_user.json");
        Assert.Equal("account client_id client_secret quota_project_id refresh_token type universe_domain", Members(file));
        Assert.Equal("authorized_user", file.Text("type"));
        (HttpStatusCode status, JsonElement refreshed) = await SignIn.RefreshAsync(emulator, file.Text("refresh_token"));
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.DoesNotContain("photos", refreshed.Text("scope"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_API_key_looks_like_one_and_is_new_each_time()
    {
        await using TestEmulator emulator = await TestEmulator.StartAsync();
        string[] keys = await Task.WhenAll(
            Enumerable.Range(0, 2).Select(_ => emulator.Http.GetStringAsync(new Uri("emulator/api_key.txt", UriKind.Relative))));
        Assert.All(keys, key => Assert.Matches("^AIza[A-Za-z0-9_-]{35}\n$", key));
        Assert.NotEqual(keys[0], keys[1]);
    }
}
