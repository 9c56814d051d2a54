namespace GPhotos.Emulator.OAuth;

/// <summary>
/// A user through the OAuth client of a project. It is who calls, and whose something is: Google lets a project see only what it made
/// itself for that user.
/// </summary>
internal sealed record Caller(string User, string Project)
{
    /// <summary>Who signs in where nobody is named.</summary>
    public const string DefaultUser = "user";

    /// <summary>The user without any project: whose what came from a phone or the web page is.</summary>
    public static Caller Foreign(string user) => new(user, "");

    public bool IsForeign => Project.Length == 0;
}
