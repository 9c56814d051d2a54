using System.Management.Automation;
using System.Management.Automation.Host;
using System.Net;
using System.Security;
using GPhotos.Core;
using GPhotos.Core.Auth;
using GPhotos.Core.Profiles;
using GPhotos.PowerShell.Binding;
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

    private static readonly TimeSpan UnattendedWait = TimeSpan.FromMinutes(10);

    private bool _isNew;

    /// <summary>The JSON file of a Desktop OAuth client. Without it the kept sign-in of the profile is used.</summary>
    [Parameter(ParameterSetName = BrowserSet, Position = 0)]
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string? ClientSecretPath { get; set; }

    /// <summary>An access token made elsewhere. It lives an hour and is not kept.</summary>
    [Parameter(ParameterSetName = AccessTokenSet, Mandatory = true, ValueFromPipeline = true)]
    public SecureString? AccessToken { get; set; }

    /// <summary>A refresh token made elsewhere with the same OAuth client. It is not kept.</summary>
    [Parameter(ParameterSetName = RefreshTokenSet, Mandatory = true, ValueFromPipeline = true)]
    public SecureString? RefreshToken { get; set; }

    /// <summary>The scopes to ask for; all three of the Library API by default.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [ArgumentCompleter(typeof(ScopeCompleter))]
    [ValidateNotNullOrEmpty]
    public string[]? Scope { get; set; }

    /// <summary>Print the page's address instead of opening a browser, and take the answer from this machine or by pasting.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>The vault (SecretManagement) that keeps the sign-in's secrets, in place of a file.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    [ValidateNotNullOrEmpty]
    public string? Vault { get; set; }

    /// <summary>Makes this profile the one that fresh sessions use when none is named.</summary>
    [Parameter(ParameterSetName = BrowserSet)]
    public SwitchParameter Default { get; set; }

    /// <summary>The name under which the sign-in is kept and found again; the default profile's where none is given.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ProfileNameCompleter))]
    [ValidatePattern(ProfileNameCompleter.Pattern)]
    public string? ProfileName { get; set; }

    /// <summary>Another server than Google: an emulator on loopback.</summary>
    [Parameter]
    [ValidateNotNull]
    public Uri? Endpoint { get; set; }

    private ProfileStore Store => Connections.StoreOf(this);

    private IReadOnlyList<string>? Asked => Scope is null ? null : GPhotosScopes.Parse(Scope);

    // As it is kept: in another case it would be another journal's, and another secret's in a vault.
    private string Name => Store.NameOf(ProfileName ?? Store.Default.Name);

    /// <inheritdoc/>
    protected override void ProcessRecord() => Run(async () =>
    {
        GPhotosEndpoints endpoints = Connections.Endpoints(Endpoint);
        string name = Name;
        GPhotosConnection connection = ParameterSetName switch
        {
            AccessTokenSet => await GPhotosConnection.FromAccessTokenAsync(name, endpoints, Plain(AccessToken!), StopToken),
            RefreshTokenSet => await GPhotosConnection.FromRefreshTokenAsync(
                name, endpoints, await ClientAsync(endpoints), Plain(RefreshToken!), StopToken),
            _ when ClientSecretPath is not null => await SignInAsync(name, endpoints, await ClientAsync(endpoints), Asked ?? GPhotosScopes.Library),
            _ => await GoOnAsync(name),
        };
        CheckScopes(name, connection.Context.Scopes);
        Connections.Use(name, connection);
        if (Default && connection.Store != SignInStore.Session)
        {
            Store.Default.Choose(name);
        }

        await PostAsync(() => Warn(connection));
        await PostObjectAsync(connection.Context);
    });

    // With a sign-in that was kept, after one renewal that shows whether Google still takes it. Where it does not, or has not all scopes
    // that are asked for, somebody who is here is asked to sign in again; the profile knows the OAuth client.
    private async Task<GPhotosConnection> GoOnAsync(string name)
    {
        Profile? found = null;
        await OnPipelineAsync(() => found = Store.Load(name));
        Profile kept = found ?? throw Connections.NobodyUnder(name);
        if (Endpoint is not null && GPhotosEndpoints.At(Endpoint).Root != kept.Endpoint)
        {
            throw new NotConnectedException($"The profile '{name}' belongs to {kept.Endpoint}, not to {Endpoint}.", name);
        }

        Connections.CheckEndpoint(kept);
        ClientSecret client = new(kept.ClientId, kept.ClientSecret);
        string[] wanted = [.. kept.Scopes.Union(Asked ?? [])];
        if (wanted.Length > kept.Scopes.Count)
        {
            return await SignInAsync(name, GPhotosEndpoints.At(kept.Endpoint), client, wanted);
        }

        try
        {
            GPhotosConnection connection = await GPhotosConnection.FromProfileAsync(kept, StopToken);
            if (Vault is not null && Vault != kept.Vault)
            {
                await KeepAsync(connection, Vault);
            }

            return connection;
        }
        catch (SignInExpiredException e) when (Attendance.IsAttended)
        {
            await PostAsync(() => Tell($"{e.Message}\nSign in again:"));
            return await SignInAsync(name, GPhotosEndpoints.At(kept.Endpoint), client, wanted);
        }
    }

    private async Task<GPhotosConnection> SignInAsync(string name, GPhotosEndpoints endpoints, ClientSecret client, IReadOnlyList<string> scopes)
    {
        if (!NoBrowser && !Attendance.IsAttended)
        {
            throw new SignInFailedException(
                "Nobody is here to sign in: this shell runs with -NonInteractive or without a terminal. Sign in once from a prompt with the same -ProfileName; after that Connect-GPhotos -ProfileName, or nothing at all, is enough here.");
        }

        // What cannot be kept is told before anybody has signed in for it.
        string? vault = Vault ?? Store.VaultOf(name);
        await OnPipelineAsync(() => Store.Check(name, vault));
        BrowserSignIn signIn = new(endpoints, client, scopes) { Patience = Attendance.IsAttended ? null : UnattendedWait };
        GPhotosConnection connection = await GPhotosConnection.SignInAsync(name, signIn, page => ShowPage(page, signIn), StopToken);
        _isNew = true;
        CheckScopes(name, connection.Context.Scopes);
        await KeepAsync(connection, vault);
        try
        {
            await connection.CheckApiAsync(StopToken);
        }
        catch (GPhotosException e)
        {
            await PostErrorAsync(e);
        }

        return connection;
    }

    // A sign-in that is made serves this session, be it kept or not.
    private async Task KeepAsync(GPhotosConnection connection, string? vault)
    {
        try
        {
            await OnPipelineAsync(() => connection.Keep(Store, vault));
        }
        catch (GPhotosException e)
        {
            await PostErrorAsync(e);
        }
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
            while (AskForRedirect() is { Length: > 0 } pasted)
            {
                try
                {
                    signIn.AnswerWith(pasted);
                    return;
                }
                catch (SignInFailedException e)
                {
                    WriteWarning(e.Message);
                }
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

    private static void CheckScopes(string name, IReadOnlyList<string> granted)
    {
        if (!GPhotosScopes.Library.Append(GPhotosScopes.ReadPickedMediaItems).Any(granted.Contains))
        {
            throw new ScopeMissingException("The sign-in carries no scope of the Photos Library API or the Photos Picker API, so nothing could be done with it.", GPhotosScopes.Library)
            {
                ProfileName = name,
            };
        }
    }

    private void Warn(GPhotosConnection connection)
    {
        GPhotosContext context = connection.Context;

        // That of the Picker is asked for when something is first picked: nobody misses it before.
        foreach (string scope in (Asked ?? GPhotosScopes.Library).Except(context.Scopes))
        {
            IReadOnlyList<string> cmdlets = NeedsScopeAttribute.CmdletsWithout(context.Scopes, scope);
            string effect = cmdlets.Count == 0 ? "" : $" These will not work: {string.Join(", ", cmdlets)}.";
            WriteWarning($"The scope {scope} was not granted.{effect} Run Connect-GPhotos -Scope {scope}{Connections.ArgumentFor(context.ProfileName)} and tick its box.");
        }

        if (SignInEnding.WarningOf(connection, always: _isNew) is { } warning)
        {
            WriteWarning(warning);
        }
    }

    // The session's drives and location belong to the pipeline thread.
    private async Task<ClientSecret> ClientAsync(GPhotosEndpoints endpoints)
    {
        string? path = null;
        await OnPipelineAsync(() => path = LocalPaths.ToRead(this, ClientSecretPath!));
        return ClientSecret.Read(path!, endpoints);
    }

    private static string Plain(SecureString secret) => new NetworkCredential("", secret).Password;
}
