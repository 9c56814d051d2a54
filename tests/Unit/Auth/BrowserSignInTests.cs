using System.Net;
using GPhotos.Core.Auth;
using GPhotos.Emulator;
using GPhotos.Tests.Emulator.Support;
using GPhotos.Tests.Support;

namespace GPhotos.Tests.Auth;

public sealed class BrowserSignInTests
{
    [Fact]
    public async Task A_person_who_allows_everything_is_signed_in()
    {
        await using TestGoogle google = await TestGoogle.StartAsync(new EmulatorOptions { Items = 3 });

        using UserTokenSource tokens = await SignInAsync(google, async page => await TestBrowser.VisitAsync(await TestBrowser.DecideAsync(page)));

        Assert.Equal(GPhotosScopes.Library, tokens.Scopes);
        Assert.Equal(3, (await google.NewClient(tokens).MediaItems.AllAsync()).Count);
    }

    [Fact]
    public async Task A_box_that_was_unticked_shows_in_the_scopes()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        using UserTokenSource tokens = await SignInAsync(google, async page => await TestBrowser.VisitAsync(
            await TestBrowser.DecideAsync(page, ticked: scope => !scope.EndsWith("appendonly", StringComparison.Ordinal))));

        Assert.Equal([GPhotosScopes.ReadAppCreatedData, GPhotosScopes.EditAppCreatedData], tokens.Scopes);
    }

    [Fact]
    public async Task A_person_who_cancels_is_not_signed_in()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAsync<SignInFailedException>(() => SignInAsync(
            google, async page => await TestBrowser.VisitAsync(await TestBrowser.DecideAsync(page, allow: false))));

        Assert.Equal(0, (await google.StatisticsAsync()).Calls("oauth.token"));
    }

    [Theory]
    [InlineData("state=", "state=0")]
    [InlineData("state=", "other=")]
    public async Task An_answer_with_another_state_is_not_used_and_the_right_one_waited_for(string part, string forged)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        string? refused = null;

        using UserTokenSource tokens = await SignInAsync(google, async page =>
        {
            Uri answer = await TestBrowser.DecideAsync(page);
            refused = await TestBrowser.ReadAsync(new Uri(answer.AbsoluteUri.Replace(part, forged, StringComparison.Ordinal)));
            Assert.Equal(0, (await google.StatisticsAsync()).Calls("oauth.token"));
            await TestBrowser.VisitAsync(answer);
        });

        Assert.Contains("400 ", refused, StringComparison.Ordinal);
        Assert.Contains("another sign-in", refused, StringComparison.Ordinal);
        Assert.Equal(1, (await google.StatisticsAsync()).Calls("oauth.token"));
    }

    [Fact]
    public async Task An_answer_of_another_sign_in_that_is_pasted_is_refused_and_another_may_be_pasted()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        BrowserSignIn signIn = New(google);

        using UserTokenSource tokens = await signIn.SignInAsync(
            page => _ = Task.Run(async () =>
            {
                Uri answer = await TestBrowser.DecideAsync(page);
                Assert.Throws<SignInFailedException>(() => signIn.AnswerWith(answer.AbsoluteUri.Replace("state=", "state=0", StringComparison.Ordinal)));
                signIn.AnswerWith(answer.AbsoluteUri);
            }),
            CancellationToken.None);

        Assert.Equal(GPhotosScopes.Library, tokens.Scopes);
    }

    [Fact]
    public async Task An_answer_from_another_machine_can_be_pasted()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        BrowserSignIn signIn = New(google);

        using UserTokenSource tokens = await signIn.SignInAsync(
            page => _ = Task.Run(async () => signIn.AnswerWith($"  {(await TestBrowser.DecideAsync(page)).AbsoluteUri}\n")), CancellationToken.None);

        Assert.Equal(GPhotosScopes.Library, tokens.Scopes);
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("http://127.0.0.1/")]
    [InlineData("4/0AXXXX")]
    public async Task What_is_pasted_must_be_an_address_with_an_answer(string text)
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        Assert.Throws<SignInFailedException>(() => New(google).AnswerWith(text));
    }

    [Fact]
    public async Task A_code_that_Google_does_not_take_is_a_failed_sign_in()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();

        await Assert.ThrowsAsync<SignInFailedException>(() => SignInAsync(google, async page =>
        {
            Uri answer = await TestBrowser.DecideAsync(page);
            await TestBrowser.VisitAsync(new Uri(answer.AbsoluteUri.Replace("code=", "code=x", StringComparison.Ordinal)));
        }));
    }

    [Fact]
    public async Task A_stolen_code_is_worth_nothing_without_the_verifier()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        using CancellationTokenSource stop = new();
        HttpStatusCode? thief = null;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => SignInAsync(google, async page =>
        {
            Assert.Contains("code_challenge_method=S256", page.Query, StringComparison.Ordinal);
            Assert.Matches("code_challenge=[A-Za-z0-9_-]{43}(&|$)", page.Query);
            Uri answer = await TestBrowser.DecideAsync(page);
            string code = System.Web.HttpUtility.ParseQueryString(answer.Query)["code"]!;
            using FormUrlEncodedContent form = new(new Dictionary<string, string>
            {
                ["grant_type"] = "authorization_code",
                ["code"] = code,
                ["client_id"] = TestClient.Secret.ClientId,
                ["client_secret"] = TestClient.Secret.Secret,
                ["redirect_uri"] = answer.GetLeftPart(UriPartial.Path),
            });
            using HttpResponseMessage response = await google.Http.PostAsync(google.Endpoints.Token, form, stop.Token);
            thief = response.StatusCode;
            await stop.CancelAsync();
        }, stop.Token));

        Assert.Equal(HttpStatusCode.BadRequest, thief);
    }

    [Fact]
    public async Task Every_sign_in_has_a_state_and_a_challenge_of_its_own()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        HashSet<string?> seen = [];
        for (int i = 0; i < 3; i++)
        {
            using UserTokenSource tokens = await SignInAsync(google, async page =>
            {
                System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(page.Query);
                Assert.True(seen.Add(query["state"]) && seen.Add(query["code_challenge"]));
                Assert.Equal("127.0.0.1", new Uri(query["redirect_uri"]!).Host);
                await TestBrowser.VisitAsync(await TestBrowser.DecideAsync(page));
            });
        }
    }

    [Fact]
    public async Task Where_nobody_is_the_wait_ends_by_itself_and_says_so()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        TestClock clock = new();
        BrowserSignIn signIn = new(google.Endpoints, TestClient.Secret, GPhotosScopes.Library) { Patience = TimeSpan.FromMinutes(10), Time = clock };

        SignInFailedException error = await Assert.ThrowsAsync<SignInFailedException>(() => signIn.SignInAsync(_ => { }, CancellationToken.None));

        Assert.Contains("within 10 minutes", error.Message, StringComparison.Ordinal);
        Assert.Equal([TimeSpan.FromMinutes(10)], clock.Waits);
    }

    [Fact]
    public async Task A_wait_without_a_limit_has_none()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        TestClock clock = new();
        BrowserSignIn signIn = new(google.Endpoints, TestClient.Secret, GPhotosScopes.Library) { Time = clock };

        using UserTokenSource tokens = await signIn.SignInAsync(
            page => _ = Task.Run(async () => await TestBrowser.VisitAsync(await TestBrowser.DecideAsync(page))), CancellationToken.None);

        Assert.Empty(clock.Waits);
    }

    [ChromiumFact]
    public async Task A_real_browser_brings_the_answer_and_shows_the_page()
    {
        await using TestGoogle google = await TestGoogle.StartAsync();
        await using Chromium chromium = await Chromium.StartAsync();
        Task<string>? shown = null;

        using UserTokenSource tokens = await New(google).SignInAsync(
            page => shown = Task.Run(async () =>
            {
                using Chromium.Tab tab = await chromium.OpenAsync(page.AbsoluteUri);
                await tab.UntilAsync("document.querySelector('[name=decision][value=allow]') !== null");
                await tab.RunAsync("document.querySelector('[name=decision][value=allow]').click()");
                await tab.UntilAsync("document.title === 'GPhotos' && document.readyState === 'complete'");
                return await tab.RunAsync("document.body.innerText");
            }),
            CancellationToken.None);

        Assert.Equal(GPhotosScopes.Library, tokens.Scopes);
        Assert.Equal("Google Photos has answered. You can go back to PowerShell, and close this page.", (await shown!).Trim());
    }

    private static BrowserSignIn New(TestGoogle google) => new(google.Endpoints, TestClient.Secret, GPhotosScopes.Library);

    private static async Task<UserTokenSource> SignInAsync(TestGoogle google, Func<Uri, Task> person, CancellationToken cancellationToken = default)
    {
        Task? acting = null;
        using CancellationTokenSource gone = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            return await New(google).SignInAsync(
                page => acting = Task.Run(async () =>
                {
                    try
                    {
                        await person(page);
                    }
                    catch
                    {
                        await gone.CancelAsync();
                        throw;
                    }
                }),
                gone.Token);
        }
        finally
        {
            // A person whose expectations failed tells so; one whose page was closed does not.
            await acting!;
        }
    }
}
