using GPhotos.Core;
using GPhotos.Core.Data;
using GPhotos.Core.Profiles;
using GPhotos.Core.Quota;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Quota;

public sealed class ConnectionQuotaTests
{
    [Theory]
    [InlineData("123456789012-abcdef.apps.googleusercontent.com", "123456789012")]
    [InlineData("emulator-client", "emulator-client")]
    [InlineData("123x-abc", "123x-abc")]
    [InlineData("123456", "123456")]
    [InlineData("-abc", "-abc")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_client_id_tells_its_project(string? clientId, string project) => Assert.Equal(project, GPhotosConnection.ProjectOf(clientId));

    [Fact]
    public void A_kept_sign_in_counts_in_the_users_folder()
    {
        using GPhotosConnection connection = GPhotosConnection.FromProfile(new Profile
        {
            Name = "default",
            Endpoint = QuotaClients.Nowhere.Root,
            ClientId = "123-abc",
            ClientSecret = "s",
            RefreshToken = "r",
            Scopes = [],
            SignedInAt = DateTimeOffset.UnixEpoch,
        });

        GPhotosClientOptions options = connection.Client.Options;
        Assert.Equal((UserFolder.Path, "123", WritePace.Google), (options.DataFolder, options.Project, options.WritesPerMinute));
    }

    [Fact]
    public async Task An_access_token_counts_there_too()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using GPhotosConnection connection =
            await GPhotosConnection.FromAccessTokenAsync("default", google.Endpoints, (await google.IssueAsync()).AccessToken);

        GPhotosClientOptions options = connection.Client.Options;
        Assert.Equal((UserFolder.Path, "emulator-client"), (options.DataFolder, options.Project));
    }
}
