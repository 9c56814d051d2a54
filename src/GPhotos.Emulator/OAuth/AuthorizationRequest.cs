namespace GPhotos.Emulator.OAuth;

/// <summary>An authorization request that has been looked through.</summary>
internal sealed record AuthorizationRequest(
    string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, string? State, string? Challenge, string? ChallengeMethod,
    string User)
{
    /// <summary>Reads a request, from the query at first and from the form's hidden fields after.</summary>
    /// <param name="field">Gives a parameter by its name.</param>
    /// <param name="refusal">What the page says that Google shows instead of a consent page.</param>
    public static AuthorizationRequest? Read(Func<string, string?> field, out ConsentRefusal? refusal)
    {
        string? method = field("code_challenge") is null ? null : field("code_challenge_method") ?? "plain";
        IReadOnlyList<string> scopes = ScopeNames.Split(field("requested_scope") ?? field("scope"));
        refusal =
            !OAuthClient.IsKnown(field("client_id")) ? new(401, "invalid_client", "The OAuth client was not found.")
            : !OAuthClient.MayRedirectTo(field("redirect_uri"))
                ? new(400, "redirect_uri_mismatch", "The redirect URI in the request is not one of this client's.")
            : field("response_type") != "code" ? new(400, "unsupported_response_type", "response_type must be code.")
            : method is not (null or "S256" or "plain") ? new(400, "invalid_request", "Unsupported code_challenge_method.")
            : scopes.Count == 0 ? new(400, "invalid_request", "Missing required parameter: scope")
            : scopes.FirstOrDefault(scope => !ScopeNames.IsKnown(scope)) is string unknown
                ? new(400, "invalid_scope", $"Some requested scopes were invalid: {unknown}")
            : (ConsentRefusal?)null;
        return refusal is not null ? null : new AuthorizationRequest(
            field("client_id")!, field("redirect_uri")!, scopes, field("state"), field("code_challenge"), method,
            field("login_hint") is { Length: > 0 } hint ? hint : Caller.DefaultUser);
    }
}
