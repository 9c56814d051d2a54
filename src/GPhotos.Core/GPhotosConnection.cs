using System.Security.Cryptography;
using System.Text;
using GPhotos.Core.Api;
using GPhotos.Core.Auth;
using GPhotos.Core.Data;
using GPhotos.Core.Profiles;
using GPhotos.Core.Quota;

namespace GPhotos.Core;

/// <summary>A signed-in client, with what is known of its sign-in.</summary>
public sealed class GPhotosConnection : IDisposable
{
    private static readonly TimeSpan ApiCheckPatience = TimeSpan.FromSeconds(10);

    private readonly string _profileName;
    private readonly string? _clientId;
    private readonly DateTimeOffset _signedInAt;

    // The token is that of the sign-in: each has one of its own.
    private GPhotosConnection(
        string profileName, string? clientId, GPhotosEndpoints endpoints, IAccessTokenSource tokens, string token, IReadOnlyList<string> scopes, DateTimeOffset signedInAt)
    {
        (_profileName, _clientId, _signedInAt) = (profileName, clientId, signedInAt);
        Client = new GPhotosClient(new GPhotosClientOptions
        {
            Endpoints = endpoints,
            Tokens = tokens,
            Scopes = scopes,
            ProfileName = profileName,
            SignInId = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)))[..16],
            Account = $"{profileName} {clientId}",
            Project = ProjectOf(clientId),
            DataFolder = UserFolder.Path,
            WritesPerMinute = WritePace.FromEnvironment(),
        });
    }

    private GPhotosConnection(Profile profile, UserTokenSource tokens, SignInStore store)
        : this(profile.Name, profile.ClientId, GPhotosEndpoints.At(profile.Endpoint), tokens, profile.RefreshToken, profile.Scopes, profile.SignedInAt) =>
        (Profile, Store) = (profile, store);

    /// <summary>The client.</summary>
    public GPhotosClient Client { get; }

    /// <summary>What a <see cref="ProfileStore"/> can keep of this sign-in; null where only an access token is known.</summary>
    public Profile? Profile { get; private set; }

    /// <summary>Where the sign-in is kept.</summary>
    public SignInStore Store { get; private set; }

    /// <summary>Whether Google has said that it no longer takes the sign-in.</summary>
    public bool HasEnded => (Client.Options.Tokens as UserTokenSource)?.HasEnded == true;

    /// <summary>When the sign-in ends, in UTC; null where Google told of no end.</summary>
    public DateTimeOffset? SignInEndsAt => (Client.Options.Tokens as UserTokenSource)?.SignInEndsAt;

    /// <summary>Whether it ends because the OAuth client's project has the publishing status Testing.</summary>
    public bool IsOfTestingMode => new SignInEnd(_signedInAt, SignInEndsAt, null).IsOfTestingMode;

    /// <summary>What may be shown of the connection; holds no token. Sends nothing.</summary>
    public GPhotosContext Context => new()
    {
        ProfileName = _profileName,
        IsDefault = ProfileStore.ForUser(null).Default.Is(_profileName),
        Endpoint = Client.Options.Endpoints.Root,
        ClientId = _clientId,
        Scopes = Client.Options.Scopes ?? [],
        Store = Store,
        Vault = Profile?.Vault,
        SignedInAt = _signedInAt,
        SignInEndsAt = SignInEndsAt,
        SignInTimeLeft = SignInEndsAt is { } end ? TimeSpan.FromTicks(Math.Max(0, (end - DateTimeOffset.UtcNow).Ticks)) : null,
        RenewedAt = (Client.Options.Tokens as UserTokenSource)?.RenewedAt,
        AccessTokenExpiresAt = Client.Options.Tokens.ExpiresAt,
        CanRefresh = Client.Options.Tokens.CanRefresh,
        CallsLeftToday = Client.Quota.Today().LibraryCallsLeft,
    };

    /// <summary>The Cloud project that a client id belongs to: Google's begin with its number and a dash.</summary>
    internal static string ProjectOf(string? clientId)
    {
        string number = (clientId ?? "").Split('-')[0];
        return number.Length > 0 && number.All(char.IsAsciiDigit) ? number : clientId ?? "";
    }

    /// <summary>Signs in through the user's browser.</summary>
    /// <exception cref="SignInFailedException">The user refused, or the answer was not ours.</exception>
    public static async Task<GPhotosConnection> SignInAsync(
        string profileName, BrowserSignIn signIn, Action<Uri> showPage, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(signIn);
        UserTokenSource tokens = await signIn.SignInAsync(showPage, cancellationToken).ConfigureAwait(false);
        return new GPhotosConnection(ToProfile(profileName, signIn.Endpoints, signIn.Client, tokens), tokens, SignInStore.Session);
    }

    /// <summary>Keeps the sign-in for later sessions, and shares its access tokens with the other processes of this user.</summary>
    /// <param name="store">The profiles.</param>
    /// <param name="vault">The vault that is to hold its secrets; null for the profile's own file.</param>
    /// <exception cref="InvalidOperationException">There is nothing to keep: only an access token is known.</exception>
    /// <exception cref="FileWriteFailedException">The profile cannot be written.</exception>
    /// <exception cref="ProfileExposedException">Others could read it.</exception>
    /// <exception cref="VaultFailedException">The vault does not take the secrets, or one that had them before does not let them go.</exception>
    public void Keep(ProfileStore store, string? vault = null)
    {
        ArgumentNullException.ThrowIfNull(store);
        Profile profile = (Profile ?? throw new InvalidOperationException("An access token alone is not kept.")) with { Vault = vault };
        try
        {
            store.Save(profile);
        }
        catch (VaultFailedException e) when (e.Vault != vault)
        {
            // Another vault has secrets left of the sign-in before. This one is kept.
            Become(profile);
            throw;
        }

        Become(profile);
    }

    /// <summary>
    /// Asks for one media item, so that a project in which nobody enabled the API is told of while somebody is there. Costs one call, where the sign-in may
    /// list; any other trouble is left to the call that meets it.
    /// </summary>
    /// <exception cref="ApiDisabledException">The Photos Library API is not enabled in the OAuth client's project.</exception>
    public async Task CheckApiAsync(CancellationToken cancellationToken = default)
    {
        if (Client.Options.Lacks(GPhotosScopes.ReadAppCreatedData) is not null)
        {
            return;
        }

        using CancellationTokenSource patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(ApiCheckPatience);
        try
        {
            await foreach (MediaItem item in Client.MediaItems.ListAsync(new MediaItemQuery(), patience.Token).ConfigureAwait(false))
            {
                break;
            }
        }
        catch (Exception e) when (e is not ApiDisabledException && !cancellationToken.IsCancellationRequested)
        {
            // Not what was asked about.
        }
    }

    /// <summary>Signs the same profile in anew, for one scope more than it has. This connection stays as it is.</summary>
    /// <exception cref="ScopeMissingException">The user did not grant it, or no longer what was granted before; or only an access token is known here.</exception>
    /// <exception cref="SignInFailedException">The user refused, or the answer was not ours.</exception>
    public async Task<GPhotosConnection> ExtendAsync(string scope, Action<Uri> showPage, CancellationToken cancellationToken = default)
    {
        if (Profile is not { } profile)
        {
            throw new ScopeMissingException($"The access token does not carry the scope {scope}.", [scope]);
        }

        string[] wanted = [.. profile.Scopes.Append(scope).Distinct()];
        BrowserSignIn signIn = new(Client.Options.Endpoints, new ClientSecret(profile.ClientId, profile.ClientSecret), wanted);
        GPhotosConnection extended = await SignInAsync(profile.Name, signIn, showPage, cancellationToken).ConfigureAwait(false);
        string[] missing = [.. wanted.Except(extended.Profile!.Scopes)];
        if (missing.Length > 0)
        {
            extended.Dispose();
            throw new ScopeMissingException($"On the page {string.Join(" and ", missing)} was not granted, so the sign-in stays as it was.", missing);
        }

        return extended;
    }

    /// <summary>Goes on with a sign-in that was kept. Nothing is sent until the client is used.</summary>
    public static GPhotosConnection FromProfile(Profile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        UserTokenSource? tokens = new(profile, new AccessTokenFile(UserFolder.Path, profile.Name));
        try
        {
            GPhotosConnection connection = new(profile, tokens, StoreOf(profile));
            tokens = null;
            return connection;
        }
        finally
        {
            tokens?.Dispose();
        }
    }

    /// <summary>The same, after making sure that Google still takes it: by a renewal, or by asking about an access token that is good for a while.</summary>
    /// <exception cref="SignInExpiredException">Google no longer takes it.</exception>
    public static async Task<GPhotosConnection> FromProfileAsync(Profile profile, CancellationToken cancellationToken = default)
    {
        GPhotosConnection connection = FromProfile(profile);
        try
        {
            await connection.ConfirmAsync(cancellationToken).ConfigureAwait(false);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Uses a refresh token obtained elsewhere, after one renewal that shows which scopes it carries.</summary>
    /// <exception cref="SignInExpiredException">Google no longer takes the token.</exception>
    public static async Task<GPhotosConnection> FromRefreshTokenAsync(
        string profileName, GPhotosEndpoints endpoints, ClientSecret client, string refreshToken, CancellationToken cancellationToken = default)
    {
        UserTokenSource tokens = new(endpoints, client, refreshToken);
        try
        {
            await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
            return new GPhotosConnection(ToProfile(profileName, endpoints, client, tokens), tokens, SignInStore.Session);
        }
        catch
        {
            tokens.Dispose();
            throw;
        }
    }

    /// <summary>Uses an access token obtained elsewhere, after asking Google which scopes it carries. Kept for this process only.</summary>
    /// <exception cref="SignInExpiredException">Google does not know the token.</exception>
    public static async Task<GPhotosConnection> FromAccessTokenAsync(
        string profileName, GPhotosEndpoints endpoints, string accessToken, CancellationToken cancellationToken = default)
    {
        DateTimeOffset now = DateTimeOffset.UtcNow;
        WireTokenInfo info = await TokenInfo.GetAsync(endpoints, accessToken, cancellationToken).ConfigureAwait(false);
        return new GPhotosConnection(
            profileName,
            info.Aud,
            endpoints,
            new FixedTokenSource(accessToken, now.AddSeconds(Math.Clamp(info.ExpiresIn, 0, int.MaxValue))),
            accessToken,
            GPhotosScopes.FromWire(info.Scope),
            now);
    }

    /// <summary>Withdraws the grant at Google, for every sign-in of this user with the same Cloud project.</summary>
    public async Task RevokeAsync(CancellationToken cancellationToken = default)
    {
        if (Client.Options.Tokens is UserTokenSource tokens)
        {
            await tokens.RevokeAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        // Google revokes the whole grant for an access token as well.
        string accessToken = await Client.Options.Tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        using UserTokenSource borrowed = new(Client.Options.Endpoints, new ClientSecret(_clientId ?? "", ""), accessToken);
        await borrowed.RevokeAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Client.Dispose();
        (Client.Options.Tokens as IDisposable)?.Dispose();
    }

    private void Become(Profile kept)
    {
        (Profile, Store) = (kept, StoreOf(kept));
        ((UserTokenSource)Client.Options.Tokens).Share(new AccessTokenFile(UserFolder.Path, kept.Name));
    }

    private static SignInStore StoreOf(Profile kept) => kept.Vault is null ? SignInStore.File : SignInStore.Vault;

    private async Task ConfirmAsync(CancellationToken cancellationToken)
    {
        UserTokenSource tokens = (UserTokenSource)Client.Options.Tokens;
        DateTimeOffset? renewedBefore = tokens.RenewedAt;
        string accessToken = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        if (tokens.RenewedAt != renewedBefore)
        {
            return;
        }

        try
        {
            await TokenInfo.GetAsync(Client.Options.Endpoints, accessToken, cancellationToken).ConfigureAwait(false);
        }
        catch (SignInExpiredException)
        {
            await tokens.RefreshAsync(accessToken, cancellationToken).ConfigureAwait(false);
        }
    }

    private static Profile ToProfile(string name, GPhotosEndpoints endpoints, ClientSecret client, UserTokenSource tokens) => new()
    {
        Name = name,
        Endpoint = endpoints.Root,
        ClientId = client.ClientId,
        ClientSecret = client.Secret,
        RefreshToken = tokens.RefreshToken,
        Scopes = tokens.Scopes,
        SignedInAt = tokens.SignedInAt ?? DateTimeOffset.UtcNow,
        SignInEndsAt = tokens.SignInEndsAt,
    };
}
