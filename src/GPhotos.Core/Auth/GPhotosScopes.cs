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

    /// <summary>The scopes that somebody asks for, in short form, whatever form and case they came in.</summary>
    /// <exception cref="InvalidRequestException">One is none of these. Google's page would show an error and send nobody back.</exception>
    public static IReadOnlyList<string> Parse(IEnumerable<string> asked)
    {
        string[] known = [.. Library, ReadPickedMediaItems];
        return [.. ShortForms(asked).Select(a => known.FirstOrDefault(k => k.Equals(a, StringComparison.OrdinalIgnoreCase))
            ?? throw new InvalidRequestException($"'{a}' is no scope that GPhotos can use. It can use {string.Join(", ", known)}.")).Distinct()];
    }

    /// <summary>The form that goes over the wire.</summary>
    public static string ToWire(string scope) =>
        scope.Contains("://", StringComparison.Ordinal) ? scope : Prefix + scope;

    /// <summary>The short forms of a space-separated list from the wire.</summary>
    public static IReadOnlyList<string> FromWire(string? scopes) => ShortForms((scopes ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>The short forms of scopes in either form.</summary>
    public static IReadOnlyList<string> ShortForms(IEnumerable<string> scopes) =>
        [.. scopes.Select(s => s.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase) ? s[Prefix.Length..] : s)];
}
