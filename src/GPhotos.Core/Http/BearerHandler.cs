using System.Net;
using System.Net.Http.Headers;
using GPhotos.Core.Auth;

namespace GPhotos.Core.Http;

/// <summary>Adds the access token, for the hosts it is meant for only. After a 401 the token is renewed once and the call repeated once.</summary>
/// <param name="signIn">Where tokens come from; null where each call brings its own source (<see cref="CallTraits.Tokens"/>).</param>
/// <param name="isAllowed">Which addresses get them.</param>
internal sealed class BearerHandler(IAccessTokenSource? signIn, Func<Uri, bool> isAllowed) : DelegatingHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.RequestUri is not { } target || !isAllowed(target))
        {
            throw new InvalidOperationException("A call with a token was about to leave for a host that must not have it.");
        }

        IAccessTokenSource tokens = signIn ?? CallTraits.Of(request).Tokens
            ?? throw new InvalidOperationException("A call was about to leave without a token.");
        string token = await tokens.GetAsync(cancellationToken).ConfigureAwait(false);
        HttpResponseMessage response = await SendWithAsync(token).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.Unauthorized || !tokens.CanRefresh)
        {
            return response;
        }

        response.Dispose();
        return await SendWithAsync(await tokens.RefreshAsync(token, cancellationToken).ConfigureAwait(false)).ConfigureAwait(false);

        Task<HttpResponseMessage> SendWithAsync(string bearer)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            return base.SendAsync(request, cancellationToken);
        }
    }
}
