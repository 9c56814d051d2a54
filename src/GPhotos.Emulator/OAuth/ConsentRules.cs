namespace GPhotos.Emulator.OAuth;

/// <summary>Why a user cannot consent, as the page says it.</summary>
internal sealed record ConsentRefusal(int Status, string Code, string Says);

/// <summary>Whether a user can give a client access at all, however well it asks.</summary>
internal sealed class ConsentRules(OAuthSettings settings, OAuthAccounts accounts)
{
    public ConsentRefusal? Refusal(string clientId, string user)
    {
        OAuthRules rules = settings.Current;
        return accounts.RefusalOf(clientId) is ClientRefusal client ? new ConsentRefusal(401, client.Code, client.Says)
            : accounts.IsDisabled(user) ? new ConsentRefusal(403, "access_denied", "Your account has been disabled.")
            : rules.Restricted is OAuthRestriction restriction ? new ConsentRefusal(restriction.PageStatus, restriction.Code, restriction.Says)
            : rules.PublishingStatus == PublishingStatus.Testing && !rules.TestUsers.Contains(user, StringComparer.Ordinal)
                ? new ConsentRefusal(403, "access_denied", NotATester(clientId))
            : null;
    }

    private static string NotATester(string clientId) =>
        $"{clientId} has not completed the Google verification process. The app is currently being tested, and can only be accessed by "
        + "developer-approved testers. If you think you should have access, contact the developer.";
}
