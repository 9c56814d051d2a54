namespace GPhotos.Core.Auth;

/// <summary>The scopes Google left to the Library API on 31 March 2025, and the one of the Picker API, in the short form shown to users.</summary>
/// <remarks>See https://developers.google.com/photos/overview/authorization.</remarks>
public static class GPhotosScopes
{
    /// <summary>Upload bytes, create media items and albums.</summary>
    public const string AppendOnly = "photoslibrary.appendonly";

    /// <summary>List, search and get what this app created.</summary>
    public const string ReadAppCreatedData = "photoslibrary.readonly.appcreateddata";

    /// <summary>Change titles, covers and descriptions; take items out of albums.</summary>
    public const string EditAppCreatedData = "photoslibrary.edit.appcreateddata";

    /// <summary>Let the user pick, and get what was picked. Asked for when something is first picked, not at every sign-in.</summary>
    public const string ReadPickedMediaItems = "photospicker.mediaitems.readonly";

    private const string Prefix = "https://www.googleapis.com/auth/";

    /// <summary>All three of the Library API.</summary>
    public static IReadOnlyList<string> Library { get; } = [AppendOnly, ReadAppCreatedData, EditAppCreatedData];

    /// <summary>The form that goes over the wire.</summary>
    public static string ToWire(string scope) =>
        scope.Contains("://", StringComparison.Ordinal) ? scope : Prefix + scope;

    /// <summary>The short forms of a space-separated list from the wire.</summary>
    public static IReadOnlyList<string> FromWire(string? scopes) => ShortForms((scopes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The short forms of scopes in either form.</summary>
    public static IReadOnlyList<string> ShortForms(IEnumerable<string> scopes) =>
        [.. scopes.Select(s => s.StartsWith(Prefix, StringComparison.Ordinal) ? s[Prefix.Length..] : s)];
}
