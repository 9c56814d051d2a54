using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed class ClientSecretTests
{
    [Fact]
    public async Task The_file_of_a_Desktop_client_is_read()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("client.json", await google.Http.GetByteArrayAsync(new Uri("emulator/client_secret.json", UriKind.Relative)));

        Assert.Equal(TestClient.Secret, ClientSecret.Read(path, google.Endpoints));
    }

    [Fact]
    public async Task The_file_of_a_Web_client_is_refused_with_the_type_that_is_needed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("client.json", await google.Http.GetByteArrayAsync(new Uri("emulator/client_secret_web.json", UriKind.Relative)));

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(path, google.Endpoints));

        Assert.Equal(path, error.Path);
        Assert.Contains("Desktop app", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("{}")]
    [InlineData("{\"installed\":{}}")]
    [InlineData("{\"installed\":{\"client_id\":\"a\"}}")]
    [InlineData("{\"installed\":{\"client_id\":\"\",\"client_secret\":\"canary\"}}")]
    [InlineData("{\"installed\":7}")]
    [InlineData("{\"installed\":{\"client_id\":\"\\ud800\",\"client_secret\":\"canary\"}}")]
    public void Any_other_file_is_refused_by_its_path(string content)
    {
        using TempFolder folder = new();
        string path = folder.Write("client.json", content);

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(path, GPhotosEndpoints.Google));

        Assert.Equal(path, error.Path);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"type\":\"service_account\",\"private_key\":\"canary\"}", "service account", "Desktop app")]
    [InlineData("{\"type\":\"authorized_user\",\"refresh_token\":\"canary\"}", "gcloud", "Desktop app")]
    [InlineData("{\"type\":\"external_account\"}", "workload identity", "Desktop app")]
    [InlineData("{\"installed\":{\"client_id\":\"1-a.apps.googleusercontent.com\"}}", "no 'client_secret'", "Add secret")]
    [InlineData("{\"installed\":{\"client_secret\":\"canary\"}}", "no 'client_id'", "auth/clients")]
    [InlineData("{\"installed\":{\"client_id\":\"me\",\"client_secret\":\"canary\"}}", "does not end in .apps.googleusercontent.com", "auth/clients")]
    [InlineData(
        "{\"installed\":{\"client_id\":\"emulator-client\",\"client_secret\":\"canary\",\"token_uri\":\"http://127.0.0.1:8080/token\"}}",
        "belongs to the server http://127.0.0.1:8080/", "GPHOTOS_ENDPOINT")]
    public void A_mistaken_file_is_called_what_it_is_and_the_cure_named(string content, string mistake, string cure)
    {
        using TempFolder folder = new();

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(
            () => ClientSecret.Read(folder.Write("client.json", content), GPhotosEndpoints.Google));

        Assert.Contains(mistake, error.Message, StringComparison.Ordinal);
        Assert.Contains(cure, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("{{\"keyString\":\"{0}\"}}")]
    public void An_API_key_is_called_one(string shape)
    {
        using TempFolder folder = new();
        string key = "AIza" + new string('x', 35);

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(
            folder.Write("key.json", string.Format(System.Globalization.CultureInfo.InvariantCulture, shape, key)), GPhotosEndpoints.Google));

        Assert.Contains("API key", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(key, error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_client_of_Googles_is_not_taken_to_another_server()
    {
        using TempFolder folder = new();
        string path = folder.Write(
            "client.json",
            "{\"installed\":{\"client_id\":\"1-a.apps.googleusercontent.com\",\"client_secret\":\"s\",\"token_uri\":\"https://oauth2.googleapis.com/token\"}}");

        Assert.Equal("1-a.apps.googleusercontent.com", ClientSecret.Read(path, GPhotosEndpoints.Google).ClientId);
        Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(path, GPhotosEndpoints.At(new Uri("http://127.0.0.1:9/"))));
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_as_unreadable()
    {
        using TempFolder folder = new();

        Assert.Throws<FileReadFailedException>(() => ClientSecret.Read(folder["missing.json"], GPhotosEndpoints.Google));
        Assert.Throws<FileReadFailedException>(() => ClientSecret.Read(folder.Path, GPhotosEndpoints.Google));
    }
}
