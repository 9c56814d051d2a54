using System.Text.Json;
using Google.Apis.Auth.OAuth2;

namespace GPhotos.Core.Auth;

/// <summary>The id and secret of a Desktop OAuth client, as Google's console lets them be downloaded.</summary>
/// <remarks>Google says the secret of a Desktop client is not treated as a secret, but the token endpoint demands it.</remarks>
public sealed record ClientSecret(string ClientId, string Secret)
{
    /// <summary>Reads the JSON that the console's download button gives.</summary>
    /// <exception cref="FileReadFailedException">The file cannot be read.</exception>
    /// <exception cref="ClientSecretInvalidException">It is not the JSON of a Desktop client.</exception>
    public static ClientSecret Read(string path)
    {
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The OAuth client file '{path}' cannot be read: {e.Message}", path, e);
        }

        try
        {
            // The library reads Web clients with the same class; only the key tells the two apart.
            using JsonDocument json = JsonDocument.Parse(bytes);
            if (json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("web", out _))
            {
                throw new ClientSecretInvalidException(
                    $"'{path}' belongs to an OAuth client of type Web application. GPhotos signs in from this machine and needs one of type Desktop app.",
                    path);
            }

            ClientSecrets? secrets = GoogleClientSecrets.FromStream(new MemoryStream(bytes)).Secrets;
            return secrets is { ClientId.Length: > 0, ClientSecret.Length: > 0 }
                ? new ClientSecret(secrets.ClientId, secrets.ClientSecret)
                : throw new ClientSecretInvalidException($"'{path}' holds no client id and secret of a Desktop OAuth client.", path);
        }
        catch (Exception e) when (e is not GPhotosException)
        {
            throw new ClientSecretInvalidException($"'{path}' is not the JSON file of an OAuth client.", path, e);
        }
    }

    /// <summary>Names the client, never its secret.</summary>
    public override string ToString() => ClientId;
}
