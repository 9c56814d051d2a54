namespace GPhotos.Core.Api;

/// <summary>What a refusal of a call that changes an album is about.</summary>
internal static class AlbumErrors
{
    /// <summary>
    /// Awaits the call. A 404 is an album that is gone. A 400 that speaks of an album may mean a full one, or an odd position, as well: it
    /// stays a refusal in Google's words unless they say that the id is none.
    /// </summary>
    public static async Task<T> TellApartAsync<T>(Task<T> call)
    {
        try
        {
            return await call.ConfigureAwait(false);
        }
        catch (AlbumNotFoundException e) when (e.HttpStatus == 400 && !SaysInvalidId(e.Message))
        {
            throw new InvalidRequestException(e.Message, e) { HttpStatus = e.HttpStatus };
        }
    }

    /// <summary>Whether a batch was refused for one of its ids, which the refusal does not name.</summary>
    public static bool IsAboutItems(GPhotosException e) =>
        e is MediaItemNotFoundException
        || (e is InvalidRequestException { HttpStatus: 400 } && e.Message.Contains("invalid media item", StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether the same failure awaits every other item of the album, too.</summary>
    public static bool EndsTheRun(GPhotosException e) =>
        e.EndsTheRun || e is AlbumNotFoundException or NotCreatedByThisAppException or AlbumFullException;

    /// <summary>Whether it is unknown if the call was carried out. The policy has repeated a 409 already: Google did nothing then.</summary>
    public static bool IsLost(GPhotosException e) => e
        is ConnectionFailedException
        or ServiceUnavailableException { HttpStatus: not 409 }
        or UnexpectedResponseException { HttpStatus: null };

    /// <summary>Whether the line was never there, so that Google cannot have done anything.</summary>
    public static bool WasNeverSent(GPhotosException e) =>
        e is ConnectionFailedException
        {
            InnerException: HttpRequestException
            {
                HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError
                    or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError
            }
        };

    private static bool SaysInvalidId(string message) =>
        message.Contains("invalid album", StringComparison.OrdinalIgnoreCase)
        || message.Contains("not match any album", StringComparison.OrdinalIgnoreCase);
}
