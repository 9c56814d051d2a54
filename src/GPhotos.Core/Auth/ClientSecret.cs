namespace GPhotos.Core.Auth;

/// <summary>The id and secret of a Desktop OAuth client, as Google's console lets them be downloaded.</summary>
/// <remarks>Google says the secret of a Desktop client is not treated as a secret, but the token endpoint demands it.</remarks>
public sealed record ClientSecret(string ClientId, string Secret)
{
    /// <summary>Reads the JSON that the console's download button gives.</summary>
    /// <param name="path">The file.</param>
    /// <param name="endpoints">The server that is to be signed in to.</param>
    /// <exception cref="FileReadFailedException">The file cannot be read.</exception>
    /// <exception cref="ClientSecretInvalidException">It is not the JSON of a Desktop client of that server. The message says what it is, and where to get the right one.</exception>
    public static ClientSecret Read(string path, GPhotosEndpoints endpoints)
    {
        ArgumentNullException.ThrowIfNull(endpoints);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new FileReadFailedException($"The OAuth client file '{path}' cannot be read: {e.Message}", path, e);
        }

        return new ClientSecretFile(path, bytes).ToClient(endpoints);
    }

    /// <summary>Names the client, never its secret.</summary>
    public override string ToString() => ClientId;
}
