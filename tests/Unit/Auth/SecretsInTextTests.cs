using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.RegularExpressions;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Journal;
using GPhotos.Core.Profiles;
using GPhotos.Core.Uploads;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed partial class SecretsInTextTests
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
        { "answer", new ConsentAnswer(Canary, null, Canary) },
        { "lookup", new Core.Api.MediaItemLookup("id", new MediaItem { Id = "id", BaseUrl = Canary }, null) },
    };

    [Theory]
    [MemberData(nameof(Carriers))]
    public void A_type_that_carries_a_secret_does_not_print_it(string name, object carrier) =>
        Assert.False(carrier.ToString()!.Contains(Canary, StringComparison.Ordinal), $"{name} prints a secret.");

    // A record prints all that it has, unless somebody thought of it. Who did is above.
    [Fact]
    public void No_record_prints_what_may_be_a_secret()
    {
        List<string> printing = [];
        foreach (Type type in typeof(Profile).Assembly.GetTypes().Concat(typeof(MediaItem).Assembly.GetTypes()).Where(IsRecord))
        {
            object record = RuntimeHelpers.GetUninitializedObject(type);
            FieldInfo[] secrets = [.. type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic).Where(f => MayBeSecret().IsMatch(f.Name))];
            foreach (FieldInfo secret in secrets)
            {
                object? value = secret.FieldType == typeof(string) ? Canary : secret.FieldType == typeof(Uri) ? new Uri($"https://example.invalid/?{Canary}") : null;
                if (value is not null)
                {
                    secret.SetValue(record, value);
                }
            }

            if (secrets.Length > 0 && record.ToString()!.Contains(Canary, StringComparison.Ordinal))
            {
                printing.Add(type.Name);
            }
        }

        Assert.Empty(printing);
    }

    [Theory]
    [InlineData("http://127.0.0.1:4711/?code=canary-4711&state=canary-4711")]
    [InlineData("http://127.0.0.1:4711/?error=access_denied&state=canary-4711")]
    [InlineData("canary-4711")]
    [InlineData("https://evil.example/canary-4711")]
    public void What_was_pasted_and_is_not_the_answer_is_not_repeated(string pasted)
    {
        BrowserSignIn signIn = new(GPhotosEndpoints.Google, new ClientSecret("id", Canary), GPhotosScopes.Library);

        SignInFailedException error = Assert.Throws<SignInFailedException>(() => signIn.AnswerWith(pasted));

        Assert.DoesNotContain(Canary, error.ToString(), StringComparison.Ordinal);
    }

    private static bool IsRecord(Type type) =>
        type is { ContainsGenericParameters: false, IsAbstract: false }
        && type.GetMethod("PrintMembers", BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic, [typeof(StringBuilder)]) is not null
        && type.GetMethod(nameof(ToString), Type.EmptyTypes)!.IsDefined(typeof(CompilerGeneratedAttribute));

    [GeneratedRegex("^<(.*((?<!Page)Token|Secret|Passphrase|Assertion|PrivateKey|Verifier|BaseUrl)|Code|State|Address)>", RegexOptions.CultureInvariant)]
    private static partial Regex MayBeSecret();
}
