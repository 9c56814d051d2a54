namespace GPhotos.Emulator.OAuth;

/// <summary>A refusal that an organization has set up: its code, and how the page and the token endpoint tell it.</summary>
internal sealed record OAuthRestriction(string Code, int PageStatus, string Says)
{
    /// <summary>The user's Workspace administrator does not allow the app.</summary>
    public static OAuthRestriction AdminPolicy { get; } = new(
        "admin_policy_enforced",
        400,
        "Access to your account data is restricted by policies within your organization. Please contact the administrator of your "
        + "organization for more information.");

    /// <summary>The app is for the users of its own organization.</summary>
    public static OAuthRestriction InternalOnly { get; } = new(
        "org_internal", 403, "This client is restricted to users within its organization.");

    public static OAuthRestriction? Named(string code) =>
        code == AdminPolicy.Code ? AdminPolicy : code == InternalOnly.Code ? InternalOnly : null;
}
