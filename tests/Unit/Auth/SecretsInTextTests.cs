using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Journal;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed class SecretsInTextTests
{
    private const string Canary = "canary-4711";

    public static TheoryData<string, object> Carriers { get; } = new()
    {
        { "client", new ClientSecret("id", Canary) },
        {
            "profile",
            new Profile { Name = "n", Endpoint = GPhotosEndpoints.Google.Root, ClientId = "id", ClientSecret = Canary, RefreshToken = Canary }
        },
        { "fixed", new FixedTokenSource(Canary, null) },
        { "user", new UserTokenSource(GPhotosEndpoints.Google, new ClientSecret("id", Canary), Canary) },
        { "options", new GPhotosClientOptions { Tokens = new FixedTokenSource(Canary, null) } },
        { "uploaded", new UploadedFile(FileSource.At(Repository.PathOf("samples", "photos", "beach.jpg")), default, Canary) },
        { "session", new SessionRecord(new Uri("https://example.invalid/" + Canary), 1) },
        { "reply", new SessionReply(System.Net.HttpStatusCode.OK, "final", null, Canary) },
        {
            "content",
            new ContentRecord(new ContentIdentity("hash", 1), JournalState.Uploaded)
            {
                UploadToken = Canary,
                Session = new SessionRecord(new Uri("https://example.invalid/" + Canary), 1),
            }
        },
        { "item", new MediaItem { Id = "id", FileName = "a.jpg", BaseUrl = Canary } },
        { "save", new Core.Downloads.SaveRequest("id", new MediaItem { Id = "id", BaseUrl = Canary }) },
        { "lookup", new Core.Api.MediaItemLookup("id", new MediaItem { Id = "id", BaseUrl = Canary }, null) },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void A_type_that_carries_a_secret_does_not_print_it(string name, object carrier) =>
        Assert.False(carrier.ToString()!.Contains(Canary, StringComparison.Ordinal), $"{name} prints a secret.");
}
