namespace GPhotos.Emulator.OAuth;

/// <summary>Who calls: a user, through the OAuth client of a project.</summary>
internal sealed record Caller(string User, string Project)
{
    /// <summary>Who signs in where nobody is named.</summary>
    public const string DefaultUser = "user";
}
