namespace GPhotos.Emulator.OAuth;

/// <summary>An authorization request that has been looked through.</summary>
internal sealed record AuthorizationRequest(
    string ClientId, string RedirectUri, IReadOnlyList<string> Scopes, string? State, string? Challenge, string? ChallengeMethod,
    string User)
{
    private const string OutOfBandBlocked =
        "The out-of-band (OOB) flow has been blocked in order to keep users secure. Follow the Out-of-Band (OOB) flow Migration Guide linked "
        + "in the developer docs below to migrate your app to an alternative method.";

    /// <summary>Whether what the user granted the project before is granted again beside what is asked for.</summary>
    public bool IncludesGranted { get; init; }

    /// <summary>Reads a request, from the query at first and from the form's hidden fields after.</summary>
    /// <param name="field">Gives a parameter by its name.</param>
    /// <param name="refusal">What the page says that Google shows instead of a consent page.</param>
    public static AuthorizationRequest? Read(Func<string, string?> field, out ConsentRefusal? refusal)
    {
        string? method = field("code_challenge") is null ? null : field("code_challenge_method") ?? "plain";
        IReadOnlyList<string> scopes = ScopeNames.Split(field("requested_scope") ?? field("scope"));
        refusal = RefuseClient(field) ?? RefuseProof(field, method) ?? RefuseScopes(scopes);
        return refusal is not null ? null : new AuthorizationRequest(
            field("client_id")!, field("redirect_uri")!, scopes, field("state"), field("code_challenge"), method,
            field("login_hint") is { Length: > 0 } hint ? hint : Caller.DefaultUser)
        {
            IncludesGranted = field("include_granted_scopes") == "true",
        };
    }

    private static ConsentRefusal? RefuseClient(Func<string, string?> field) =>
        !OAuthClient.IsKnown(field("client_id")) ? new(401, "invalid_client", "The OAuth client was not found.")
        : OAuthClient.IsOutOfBand(field("redirect_uri")) ? new(400, "invalid_request", OutOfBandBlocked)
        : !OAuthClient.MayRedirectTo(field("redirect_uri"))
            ? new(400, "redirect_uri_mismatch", "The redirect URI in the request is not one of this client's.")
        : field("response_type") != "code" ? new(400, "unsupported_response_type", "response_type must be code.")
        : null;

    private static ConsentRefusal? RefuseProof(Func<string, string?> field, string? method) =>
        method is null
            ? field("code_challenge_method") is null ? null : new(400, "invalid_request", "Missing required parameter: code_challenge")
        : !Pkce.IsMethod(method) ? new(400, "invalid_request", "Unsupported code_challenge_method.")
        : !Pkce.IsChallenge(field("code_challenge")!, method) ? new(400, "invalid_request", "Invalid value for code_challenge: see RFC 7636.")
        : null;

    private static ConsentRefusal? RefuseScopes(IReadOnlyList<string> scopes) =>
        scopes.Count == 0 ? new(400, "invalid_request", "Missing required parameter: scope")
        : scopes.FirstOrDefault(scope => !ScopeNames.IsKnown(scope)) is string unknown
            ? new(400, "invalid_scope", $"Some requested scopes were invalid: {unknown}")
        : null;
}
