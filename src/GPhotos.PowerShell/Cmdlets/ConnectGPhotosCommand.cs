using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.PowerShell.Completion;
using GPhotos.PowerShell.Hosting;

namespace GPhotos.PowerShell.Cmdlets;

/// <summary>Connect-GPhotos: signs in, or goes on with a sign-in that was kept.</summary>
[Cmdlet(VerbsCommunications.Connect, "GPhotos", DefaultParameterSetName = BrowserSet)]
[OutputType(typeof(GPhotosContext))]
public sealed class ConnectGPhotosCommand : PumpedCmdlet
{
    private const string BrowserSet = "Browser";
    private const string AccessTokenSet = "AccessToken";
    private const string RefreshTokenSet = "RefreshToken";

    /// <summary>The JSON file of a Desktop OAuth client. Without it the kept sign-in of the profile is used.</summary>
    [Parameter(ParameterSetName = BrowserSet, Position = 0)]
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string? ClientSecretPath { get; set; }

    /// <summary>An access token made elsewhere. It lives an hour and is not kept.</summary>
    [Parameter(ParameterSetName = AccessTokenSet, Mandatory = true)]
    public SecureString? AccessToken { get; set; }

    /// <summary>A refresh token made elsewhere with the same OAuth client. It is not kept.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true)]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The scopes to ask for; all three of the Library API by default.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Scope { get; set; }

    /// <summary>Print the page's address instead of opening a browser, and take the answer from this machine or by pasting.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>The name under which the sign-in is kept and found again.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidatePattern("^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}$")]
    public string ProfileName { get; set; } = Profile.DefaultName;

    /// <summary>Another server than Google: an emulator on loopback.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async () =>
    {
        GPhotosEndpoints endpoints = Connections.Endpoints(Endpoint);
        GPhotosConnection connection = ParameterSetName switch
        {
            AccessTokenSet => await GPhotosConnection.FromAccessTokenAsync(ProfileName, endpoints, Plain(AccessToken!), StopToken),
            RefreshTokenSet => await GPhotosConnection.FromRefreshTokenAsync(
                ProfileName, endpoints, ClientSecret.Read(ClientFile()), Plain(RefreshToken!), StopToken),
            _ => ClientSecretPath is null ? await GoOnAsync() : await SignInAsync(endpoints),
        };
        CheckScopes(connection.Context.Scopes);
        Connections.Use(ProfileName, connection);
        await PostAsync(() => WarnOfMissingScopes(connection.Context.Scopes));
        await PostObjectAsync(connection.Context);
    });

    private async Task<GPhotosConnection> SignInAsync(GPhotosEndpoints endpoints)
    {
        ClientSecret client = ClientSecret.Read(ClientFile());
        if (!NoBrowser && !Attendance.IsAttended)
        {
            throw new SignInFailedException(
                "Nobody is here to sign in: this shell runs with -NonInteractive or without a terminal. Sign in once from a prompt with the same -ProfileName; after that Connect-GPhotos -ProfileName, or nothing at all, is enough here.");
        }

        BrowserSignIn signIn = new(endpoints, client, Scope ?? GPhotosScopes.Library);
        GPhotosConnection connection = await GPhotosConnection.SignInAsync(
            ProfileName, signIn, page => ShowPage(page, signIn), StopToken);
        CheckScopes(connection.Context.Scopes);
        ProfileStore.ForUser.Save(connection.Profile!);
        return connection;
    }

    // With a sign-in that was kept, after one renewal that shows whether Google still takes it.
    private async Task<GPhotosConnection> GoOnAsync()
    {
        Profile kept = ProfileStore.ForUser.Load(ProfileName)
            ?? throw new NotConnectedException($"No sign-in is kept under the profile '{ProfileName}'.", ProfileName);
        if (Endpoint is not null && GPhotosEndpoints.At(Endpoint).Root != kept.Endpoint)
        {
            throw new NotConnectedException($"The profile '{ProfileName}' belongs to {kept.Endpoint}, not to {Endpoint}.", ProfileName);
        }

        Connections.CheckEndpoint(kept);
        return await GPhotosConnection.FromProfileAsync(kept, StopToken);
    }

    private void ShowPage(Uri page, BrowserSignIn signIn)
    {
        if (!NoBrowser)
        {
            SystemBrowser.Open(page);
            return;
        }

        TryPost(() =>
        {
            Tell($"Open this page in a browser and grant access:\n\n{page.AbsoluteUri}\n");
            if (AskForRedirect() is { Length: > 0 } pasted)
            {
                signIn.AnswerWith(pasted);
            }
        });
    }

    // Where nobody can be asked (-NonInteractive, a job, a test), only the listener on this machine can bring the answer.
    private string? AskForRedirect()
    {
        if (Console.IsInputRedirected)
        {
            return null;
        }

        try
        {
            Host.UI.Write("If the browser is on another machine, paste the address it ends at (it cannot be opened there); else press Enter: ");
            return Host.UI.ReadLine();
        }
        catch (Exception e) when (e is PSInvalidOperationException or HostException or NotImplementedException or NotSupportedException)
        {
            return null;
        }
    }

    private static void CheckScopes(IReadOnlyList<string> granted)
    {
        if (!GPhotosScopes.Library.Append(GPhotosScopes.ReadPickedMediaItems).Any(granted.Contains))
        {
            throw new ScopeMissingException("The sign-in carries no scope of the Photos Library API or the Photos Picker API, so nothing could be done with it.", GPhotosScopes.Library);
        }
    }

    private void WarnOfMissingScopes(IReadOnlyList<string> granted)
    {
        foreach ((string scope, string use) in new[]
        {
            (GPhotosScopes.AppendOnly, "sending files and making albums"),
            (GPhotosScopes.ReadAppCreatedData, "listing, searching and saving"),
            (GPhotosScopes.EditAppCreatedData, "changing titles and descriptions"),
            (GPhotosScopes.ReadPickedMediaItems, "picking"),
        })
        {
            // That of the Picker is asked for when something is first picked: nobody misses it before.
            if (!granted.Contains(scope) && (Scope is null ? scope != GPhotosScopes.ReadPickedMediaItems : Scope.Any(s => GPhotosScopes.ToWire(s) == GPhotosScopes.ToWire(scope))))
            {
                WriteWarning($"The scope {scope} was not granted: {use} will fail. Run Connect-GPhotos again and leave its box ticked.");
            }
        }
    }

    private string ClientFile() => SessionState.Path.GetUnresolvedProviderPathFromPSPath(ClientSecretPath);

    private static string Plain(SecureString secret) => new NetworkCredential("", secret).Password;
}
