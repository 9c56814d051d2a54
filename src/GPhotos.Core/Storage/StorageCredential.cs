using System.Net;
using Google.Apis.Auth.OAuth2;
using Google.Apis.Auth.OAuth2.Responses;
using GPhotos.Core.Auth;

namespace GPhotos.Core.Storage;

/// <summary>
/// Access tokens for Cloud Storage. They are those of a Google Cloud account, which has nothing to do with the sign-in to Google Photos.
/// </summary>
internal sealed class StorageCredential : IAccessTokenSource, IDisposable
{
    /// <summary>What the tokens are good for: objects, and nobody's rights on them.</summary>
    public const string Scope = "https://www.googleapis.com/auth/devstorage.read_write";

    /// <summary>
    /// What changes of metadata are sent with. Google's descriptions of the API have not always taken <see cref="Scope"/> for them, and always this.
    /// </summary>
    public const string MetadataScope = "https://www.googleapis.com/auth/devstorage.full_control";

    private readonly ICredential _credential;
    private readonly SemaphoreSlim _oneRenewal = new(1, 1);

    /// <summary>Makes one. Nothing is asked for before a call needs it.</summary>
    public StorageCredential(GoogleCredential credential, string account)
        : this(credential, account, Scope) =>
        ForMetadata = new StorageCredential(credential, account, MetadataScope);

    private StorageCredential(GoogleCredential credential, string account, string scope)
    {
        _credential = credential.CreateWithHttpClientFactory(new NoRedirectHttpFactory()).CreateScoped(scope).UnderlyingCredential;
        (Account, ForMetadata) = (account, this);
    }

    /// <summary>The same account, with tokens that may change metadata. They are for those calls alone.</summary>
    public StorageCredential ForMetadata { get; }

    /// <summary>Who it is, for messages: a service account's address where it is known.</summary>
    public string Account { get; }

    /// <inheritdoc/>
    public bool CanRefresh => true;

    /// <inheritdoc/>
    public DateTimeOffset? ExpiresAt =>
        Token is { AccessToken: not null, ExpiresInSeconds: { } seconds } token
            ? new DateTimeOffset(token.IssuedUtc, TimeSpan.Zero).AddSeconds(seconds)
            : null;

    private TokenResponse? Token => _credential switch
    {
        ServiceCredential service => service.Token,
        UserCredential user => user.Token,
        _ => null,
    };

    /// <summary>Finds the credential: the file, else the Application Default Credentials.</summary>
    /// <remarks>See https://cloud.google.com/docs/authentication/application-default-credentials.</remarks>
    /// <param name="path">A key file of a service account, or another credential file; null for the defaults.</param>
    /// <param name="endpoints">The server. One that is not Google's gets tokens only of a service account of its own.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="FileReadFailedException">The file cannot be read.</exception>
    /// <exception cref="StorageAccessDeniedException">There is no credential, or none that may be used with this server.</exception>
    public static Task<StorageCredential> LoadAsync(string? path, GPhotosEndpoints endpoints, CancellationToken cancellationToken) =>
        StorageCredentialFile.LoadAsync(path, endpoints, Environment.GetEnvironmentVariable, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<string> GetAsync(CancellationToken cancellationToken) =>
        await GuardAsync(() => ((ITokenAccess)_credential).GetAccessTokenForRequestAsync(null, cancellationToken), cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<string> RefreshAsync(string refused, CancellationToken cancellationToken)
    {
        await _oneRenewal.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (Token?.AccessToken == refused)
            {
                await GuardAsync(
                    () => _credential is UserCredential user
                        ? user.RefreshTokenAsync(cancellationToken)
                        : ((ServiceCredential)_credential).RequestAccessTokenAsync(cancellationToken),
                    cancellationToken).ConfigureAwait(false);
            }
        }
        finally
        {
            _oneRenewal.Release();
        }

        return await GetAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _oneRenewal.Dispose();
        if (ForMetadata != this)
        {
            ForMetadata.Dispose();
        }
    }

    private async Task<T> GuardAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (TokenResponseException e) when (e.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
        {
            throw new ServiceUnavailableException($"The server that gives tokens for Cloud Storage answered {(int)e.StatusCode}.", e) { HttpStatus = (int)e.StatusCode };
        }
        catch (TokenResponseException e)
        {
            throw new StorageAccessDeniedException(
                $"Google gives {Account} no token for Cloud Storage: {GoogleFlow.Words(e)}", account: Account, inner: e);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new ConnectionFailedException("The server that gives tokens for Cloud Storage did not answer in time.", e);
        }
        catch (HttpRequestException e)
        {
            throw new ConnectionFailedException($"The server that gives tokens for Cloud Storage cannot be reached: {e.Message}", e);
        }
        catch (SubjectTokenException e) when (e.InnerException is IOException or UnauthorizedAccessException)
        {
            throw new StorageAccessDeniedException(
                $"No token for Cloud Storage could be had for {Account}: {e.InnerException.Message}", account: Account, inner: e);
        }
        catch (Exception e) when (e is SubjectTokenException or InvalidOperationException or Newtonsoft.Json.JsonException)
        {
            // Not in the library's words, which may show what it could not read.
            throw new StorageAccessDeniedException($"No token for Cloud Storage could be had for {Account}: its source gave no usable answer.", account: Account);
        }
    }
}
