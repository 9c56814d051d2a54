using GPhotos.Emulator.CloudStorage;
using GPhotos.Emulator.OAuth;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Hosting;

/// <summary>Looks at the token of a call before the method does.</summary>
internal sealed class DoorKeeper(TokenStore tokens, OAuthSettings settings)
{
    private const string Scheme = "Bearer ";

    /// <summary>Whose call it is, let in or not: a token whose time is over still tells.</summary>
    public Caller? Identify(Exchange exchange) => tokens.Find(Value(exchange) ?? "")?.Grant.Caller;

    /// <summary>Lets a call in that the route asks a token of, or refuses it.</summary>
    public void Admit(Route route, Exchange exchange)
    {
        if (route.Door == Door.Open)
        {
            return;
        }

        if (Value(exchange) is not { Length: > 0 } value)
        {
            throw route.Door == Door.CloudStorage ? StorageErrors.Anonymous(route.Kind) : GoogleError.NoCredentials();
        }

        AccessToken token = tokens.FindLive(value)
            ?? throw (route.Door == Door.CloudStorage ? StorageErrors.InvalidCredentials() : GoogleError.Unauthenticated());
        if ((token.Scopes & route.Scopes) == 0)
        {
            throw route.Door switch
            {
                // The upload endpoint tells a missing scope as a missing session.
                Door.ScopedUpload => new GoogleError(401, "UNAUTHENTICATED", "Authentication session is not defined."),
                Door.CloudStorage => StorageErrors.InsufficientScopes(),
                Door.Picker => GoogleError.InsufficientScopes("photospicker.googleapis.com", $"google.photos.picker.v1.PhotosPicker.{route.RpcName}"),
                _ => GoogleError.InsufficientScopes("photoslibrary.googleapis.com", $"google.photos.library.v1.PhotosLibrary.{route.RpcName}"),
            };
        }

        if (route.Api is string api && settings.Current.DisabledApis.Contains(api))
        {
            throw ServiceErrors.Disabled(api);
        }

        exchange.Caller = token.Grant.Caller;
    }

    /// <summary>The token in the header, where media bytes take one only.</summary>
    public static string? Bearer(Exchange exchange)
    {
        string? header = exchange.Request.Headers.Authorization;
        return header?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) == true ? header[Scheme.Length..].Trim() : null;
    }

    private static string? Value(Exchange exchange) =>
        Bearer(exchange) ?? exchange.Query("access_token") ?? exchange.Query("oauth_token");
}
