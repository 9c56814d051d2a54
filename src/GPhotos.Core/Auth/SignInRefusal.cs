namespace GPhotos.Core.Auth;

/// <summary>What the sign-in server's error codes mean to whoever signs in, and where it is mended.</summary>
/// <remarks>See https://developers.google.com/identity/protocols/oauth2/native-app#authorization-errors.</remarks>
internal static class SignInRefusal
{
    /// <summary>The page of the console that lists OAuth clients.</summary>
    public const string ClientsPage = "https://console.cloud.google.com/auth/clients";

    /// <summary>The page of the console that tells who may sign in, and publishes the app.</summary>
    public const string AudiencePage = "https://console.cloud.google.com/auth/audience";

    /// <summary>The cure, as a sentence with a space before it; empty where nobody knows one.</summary>
    public static string CureOf(string? error) => error switch
    {
        "deleted_client" =>
            $" The OAuth client was deleted. Google deletes those that are not used for six months; for 30 days it can be restored at {ClientsPage}.",
        "disabled_client" => $" The OAuth client is disabled. Look at {ClientsPage}.",
        "invalid_client" =>
            $" Id and secret are not those of an OAuth client that exists. Compare them with {ClientsPage}: a secret that was not kept can be added there anew.",
        "unauthorized_client" => $" The OAuth client may not do this. It must be of the type 'Desktop app': {ClientsPage}.",
        "org_internal" => $" The project's audience is Internal: only accounts of its organisation can sign in. Change it at {AudiencePage}.",
        "access_denied" => $" It was cancelled on Google's page, or the account is no test user of a project in Testing: add it, or publish the app, at {AudiencePage}.",
        "admin_policy_enforced" => " An administrator of the account's organisation does not allow this OAuth client, or its scopes. Ask for it, or use another account.",
        "invalid_scope" => " A scope is misspelt, or not one that this OAuth client may ask for.",
        "redirect_uri_mismatch" => $" The OAuth client is not of the type 'Desktop app'. Create one at {ClientsPage}.",
        _ => "",
    };
}
