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

        Assert.Equal(TestClient.Secret, ClientSecret.Read(path));
    }

    [Fact]
    public async Task The_file_of_a_Web_client_is_refused_with_the_type_that_is_needed()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using TempFolder folder = new();
        string path = folder.Write("client.json", await google.Http.GetByteArrayAsync(new Uri("emulator/client_secret_web.json", UriKind.Relative)));

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(path));

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
    public void Any_other_file_is_refused_by_its_path(string content)
    {
        using TempFolder folder = new();
        string path = folder.Write("client.json", content);

        ClientSecretInvalidException error = Assert.Throws<ClientSecretInvalidException>(() => ClientSecret.Read(path));

        Assert.Equal(path, error.Path);
        Assert.DoesNotContain("canary", error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_file_and_a_folder_are_told_as_unreadable()
    {
        using TempFolder folder = new();

        Assert.Throws<FileReadFailedException>(() => ClientSecret.Read(folder["missing.json"]));
        Assert.Throws<FileReadFailedException>(() => ClientSecret.Read(folder.Path));
    }
}
