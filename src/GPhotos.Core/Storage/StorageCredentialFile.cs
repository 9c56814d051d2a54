using Google.Apis.Auth.OAuth2;
using Google.Apis.Json;

namespace GPhotos.Core.Storage;

/// <summary>
/// Finds and reads credentials, and sees to it that none is used where it does not belong: at Google only one whose tokens come from Google,
/// at another server only a service account whose tokens come from that very server. A real cloud token never meets a host that plays Google.
/// </summary>
internal static class StorageCredentialFile
{
    private const string Google = "googleapis.com";

    /// <summary>Loads from a path, or from where the defaults lie.</summary>
    public static async Task<StorageCredential> LoadAsync(
        string? path, GPhotosEndpoints endpoints, Func<string, string?> environment, CancellationToken cancellationToken)
    {
        path ??= environment("GOOGLE_APPLICATION_CREDENTIALS") is { Length: > 0 } named ? named : null;
        if (path is null && !endpoints.IsGoogle)
        {
            throw new StorageAccessDeniedException(
                $"No credential for Cloud Storage at {endpoints.Storage}: a server that is not Google's needs the key file of a service account "
                + "of its own. The defaults of this machine are for Google alone.");
        }

        path ??= WellKnownPath(environment) is { } known && File.Exists(known) ? known : null;
        if (path is not null)
        {
            return Read(path, await ReadAsync(path, cancellationToken).ConfigureAwait(false), endpoints);
        }

        return await ComputeCredential.IsRunningOnComputeEngine().WaitAsync(cancellationToken).ConfigureAwait(false)
            ? new StorageCredential(GoogleCredential.FromComputeCredential(), "the service account of this machine")
            : throw new StorageAccessDeniedException(
                "No credential for Cloud Storage: no key file is named, and there are no Application Default Credentials on this machine.");
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The credential file '{path}' cannot be read: {e.Message}", path, e);
        }
    }

    private static StorageCredential Read(string path, string json, GPhotosEndpoints endpoints)
    {
        JsonCredentialParameters parameters;
        GoogleCredential credential;
        try
        {
            parameters = NewtonsoftJsonSerializer.Instance.Deserialize<JsonCredentialParameters>(json)
                ?? throw new InvalidOperationException("The file is empty.");
            if ((endpoints.IsGoogle ? ComplaintAtGoogle(parameters) : ComplaintAt(endpoints.Storage, parameters)) is { } complaint)
            {
                throw new StorageAccessDeniedException($"The credential of '{path}' is not used: {complaint}.", account: parameters.ClientEmail);
            }

            credential = CredentialFactory.FromJson(json, parameters.Type);
        }
        catch (Exception e) when (e is not GPhotosException)
        {
            // Not in the library's words, which may show what it could not read: a private key.
            throw new StorageAccessDeniedException($"'{path}' is not the JSON file of a service account or of another Google Cloud credential.");
        }

        return new StorageCredential(credential, AccountOf(path, parameters));
    }

    private static string AccountOf(string path, JsonCredentialParameters parameters) => parameters switch
    {
        { ClientEmail: { Length: > 0 } email } => email,
        { ServiceAccountImpersonationUrl: { Length: > 0 } url } => url.Split('/')[^1].Split(':')[0],
        _ => $"the account of '{path}'",
    };

    private static string? ComplaintAtGoogle(JsonCredentialParameters parameters)
    {
        if (parameters.UniverseDomain is { Length: > 0 } universe && universe != Google)
        {
            return $"it belongs to the cloud '{universe}', and this server to {Google}";
        }

        string?[] addresses = [parameters.TokenUri, parameters.TokenUrl, parameters.ServiceAccountImpersonationUrl];
        return addresses.FirstOrDefault(a => !string.IsNullOrEmpty(a) && !IsGoogles(a)) is { } foreign
            ? $"its tokens come from '{foreign}', which is not Google's"
            : parameters.SourceCredential is { } source ? ComplaintAtGoogle(source) : null;
    }

    private static string? ComplaintAt(Uri server, JsonCredentialParameters parameters) => parameters switch
    {
        { Type: not JsonCredentialParameters.ServiceAccountCredentialType } =>
            $"at {server}, which is not Google's, only the key file of a service account of that server is",
        _ when !Uri.TryCreate(parameters.TokenUri, UriKind.Absolute, out Uri? token) || token.Scheme != server.Scheme || token.Authority != server.Authority =>
            $"its tokens come from '{parameters.TokenUri}' and not from {server}, where they would go",
        _ => null,
    };

    private static bool IsGoogles(string address) =>
        Uri.TryCreate(address, UriKind.Absolute, out Uri? uri) && uri.Scheme == Uri.UriSchemeHttps && uri.IsDefaultPort && uri.UserInfo.Length == 0
        && uri.Host.EndsWith("." + Google, StringComparison.OrdinalIgnoreCase);

    private static string? WellKnownPath(Func<string, string?> environment)
    {
        const string File = "application_default_credentials.json";
        if (environment("CLOUDSDK_CONFIG") is { Length: > 0 } folder)
        {
            return Path.Combine(folder, File);
        }

        (string variable, string[] below) = OperatingSystem.IsWindows() ? ("APPDATA", ["gcloud"]) : ("HOME", new[] { ".config", "gcloud" });
        return environment(variable) is { Length: > 0 } home ? Path.Combine([home, .. below, File]) : null;
    }
}
