using System.Globalization;

namespace GPhotos.Core.Auth;

/// <summary>What is known of a sign-in's life, and why it most likely ended. Google says only that it did.</summary>
/// <remarks>See https://developers.google.com/identity/protocols/oauth2#expiration.</remarks>
/// <param name="SignedInAt">When the user signed in, in UTC; null where the refresh token was made elsewhere.</param>
/// <param name="EndsAt">When the refresh token ends, where Google said so.</param>
/// <param name="UsedAt">When it was last of use, in UTC; null when not known, as where a folder cannot be written to.</param>
// All three by the sign-in server's clock: this machine's may be wrong.
internal sealed record SignInEnd(DateTimeOffset? SignedInAt, DateTimeOffset? EndsAt, DateTimeOffset? UsedAt)
{
    private const string SessionControlSubtype = "invalid_rapt";

    /// <summary>How long a sign-in lasts while the project is in Testing.</summary>
    public static readonly TimeSpan TestingLife = TimeSpan.FromDays(7);

    // Six months are what Google says; it does not say of how many days.
    private static readonly TimeSpan UnusedLife = TimeSpan.FromDays(180);

    // Clocks differ, and the consent is older than the token that it gave.
    private static readonly TimeSpan Tolerance = TimeSpan.FromHours(1);

    /// <summary>Whether the sign-in was given for the seven days of Testing.</summary>
    public bool IsOfTestingMode =>
        EndsAt is { } end && SignedInAt is { } start && (end - start - TestingLife).Duration() < Tolerance;

    /// <summary>The likely reason.</summary>
    /// <param name="now">The sign-in server's time.</param>
    /// <param name="subtype">The error_subtype of its answer.</param>
    public SignInEndReason ReasonAt(DateTimeOffset now, string? subtype)
    {
        if (subtype == SessionControlSubtype)
        {
            return SignInEndReason.SessionControl;
        }

        if (EndsAt is { } end && now >= end - Tolerance)
        {
            return IsOfTestingMode ? SignInEndReason.TestingMode : SignInEndReason.TimeLimit;
        }

        if (now - UsedAt > UnusedLife)
        {
            return SignInEndReason.Unused;
        }

        // Nothing else ends one so young, or one whose end was told and is still ahead.
        if (EndsAt is not null || now - SignedInAt <= TestingLife - Tolerance)
        {
            return SignInEndReason.Revoked;
        }

        // Google need not tell of the end: a sign-in that was never of use after its seventh day did not outlive it.
        return UsedAt - SignedInAt is not { } use ? SignInEndReason.Unknown
            : use < TestingLife + Tolerance ? SignInEndReason.TestingMode
            : SignInEndReason.Revoked;
    }

    /// <summary>What to tell.</summary>
    /// <param name="reason">The likely reason.</param>
    /// <param name="words">Google's words.</param>
    public string Tell(SignInEndReason reason, string words)
    {
        string why = reason switch
        {
            SignInEndReason.TestingMode when EndsAt is not null =>
                $"It was made on {Day(SignedInAt)} while the OAuth client's project was in Testing, where Google ends every sign-in after seven days.",
            SignInEndReason.TestingMode =>
                $"It was made on {Day(SignedInAt)} and outlived no seven days: most likely the OAuth client's project is in Testing, where Google ends every sign-in after seven days.",
            SignInEndReason.TimeLimit when SignedInAt is null =>
                $"It was given until {Day(EndsAt)}: access was granted for a time, or the OAuth client's project is in Testing, where Google ends every sign-in after seven days.",
            SignInEndReason.TimeLimit => $"Access was granted for a time, until {Day(EndsAt)}.",
            SignInEndReason.Unused => $"It was last used on {Day(UsedAt)}; Google ends a sign-in that is not used for six months.",
            SignInEndReason.SessionControl => "The organisation of the account asks for a new sign-in from time to time.",
            SignInEndReason.Revoked =>
                "Most likely it was withdrawn: at myaccount.google.com/connections, by Disconnect-GPhotos -Revoke (with any OAuth client of the same project), because the account was disabled, or by the account's 101st sign-in with this OAuth client.",
            _ => "It was withdrawn, not used for six months, or made more than seven days ago while the OAuth client's project was in Testing.",
        };
        return $"Google no longer takes the sign-in: {words}. {why}";
    }

    private static string Day(DateTimeOffset? time) =>
        time?.ToLocalTime().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "an unknown day";
}
