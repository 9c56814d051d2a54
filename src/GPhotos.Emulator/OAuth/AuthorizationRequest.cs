namespace GPhotos.Emulator.OAuth;

/// <summary>An authorization request that has been looked through.</summary>
internal sealed record AuthorizationRequest(
    string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, string? State, string? Challenge, string? ChallengeMethod,
    string User)
{
    /// <summary>Reads a request, from the query at first and from the form's hidden fields after.</summary>
    /// <param name="field">Gives a parameter by its name.</param>
    /// <param name="refusal">Error code and explanation for the page that Google shows instead of a consent page.</param>
    public static AuthorizationRequest? Read(Func<string, string?> field, out (int Status, string Code, string Says) refusal)
    {
        string? method = field("code_challenge") is null ? null : field("code_challenge_method") ?? "plain";
        IReadOnlyList<string> scopes = ScopeNames.Split(field("requested_scope") ?? field("scope"));
        refusal = default;
        if (!OAuthClient.IsKnown(field("client_id")))
        {
            refusal = (401, "invalid_client", "The OAuth client was not found.");
        }
        else if (!OAuthClient.MayRedirectTo(field("redirect_uri")))
        {
            refusal = (400, "redirect_uri_mismatch", "The redirect URI in the request is not one of this client's.");
        }
        else if (field("response_type") != "code")
        {
            refusal = (400, "unsupported_response_type", "response_type must be code.");
        }
        else if (method is not (null or "S256" or "plain"))
        {
            refusal = (400, "invalid_request", "Unsupported code_challenge_method.");
        }
        else if (scopes.Count == 0)
        {
            refusal = (400, "invalid_request", "Missing required parameter: scope");
        }
        else if (scopes.FirstOrDefault(scope => !ScopeNames.IsKnown(scope)) is string unknown)
        {
            refusal = (400, "invalid_scope", $"Some requested scopes were invalid: {unknown}");
        }

        return refusal.Code is not null ? null : new AuthorizationRequest(
            field("client_id")!, field("redirect_uri")!, scopes, field("state"), field("code_challenge"), method,
            field("login_hint") is { Length: > 0 } hint ? hint : Caller.DefaultUser);
    }
}
