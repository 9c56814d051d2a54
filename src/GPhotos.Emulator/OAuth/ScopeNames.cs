namespace GPhotos.Emulator.OAuth;

/// <summary>The wire names of scopes and what consent pages say of them.</summary>
internal static class ScopeNames
{
    public const string Prefix = "https://www.googleapis.com/auth/";

    public static IReadOnlyList<string> Current { get; } =
    [
        Prefix + "photoslibrary.appendonly",
        Prefix + "photoslibrary.readonly.appcreateddata",
        Prefix + "photoslibrary.edit.appcreateddata",
    ];

    private static readonly Dictionary<string, (ScopeSet Scope, string Says)> Known = new(StringComparer.Ordinal)
    {
        [Current[0]] = (ScopeSet.AppendOnly, "Add to your Google Photos library"),
        [Current[1]] = (ScopeSet.ReadAppCreated, "See the photos, videos and albums this app created"),
        [Current[2]] = (ScopeSet.EditAppCreated, "Edit the photos, videos and albums this app created"),
        [Prefix + "photoslibrary"] = (ScopeSet.LegacyAll, "See, upload and organise your library (removed in 2025)"),
        [Prefix + "photoslibrary.readonly"] = (ScopeSet.LegacyReadOnly, "View your library (removed in 2025)"),
        [Prefix + "photoslibrary.sharing"] = (ScopeSet.LegacySharing, "Manage and add to shared albums (removed in 2025)"),
        [Prefix + "photospicker.mediaitems.readonly"] = (ScopeSet.PickerRead, "See the photos and videos you pick from Google Photos"),
        [Prefix + "devstorage.read_only"] = (ScopeSet.StorageReadOnly, "View your data in Google Cloud Storage"),
        [Prefix + "devstorage.read_write"] = (ScopeSet.StorageReadWrite, "Manage your data in Google Cloud Storage"),
        [Prefix + "devstorage.full_control"] = (ScopeSet.StorageFullControl, "Manage your data and permissions in Google Cloud Storage"),
        [Prefix + "cloud-platform"] = (ScopeSet.CloudPlatform, "See, edit, configure and delete your Google Cloud data"),
        [Prefix + "cloud-platform.read-only"] = (ScopeSet.CloudPlatformReadOnly, "View your data across Google Cloud services"),
        [Prefix + "userinfo.email"] = (ScopeSet.None, "See your email address"),
        [Prefix + "userinfo.profile"] = (ScopeSet.None, "See your personal info"),
        [Prefix + "appengine.admin"] = (ScopeSet.None, "View and manage your App Engine applications"),
        [Prefix + "sqlservice.login"] = (ScopeSet.None, "View and sign in to your Cloud SQL instances"),
        [Prefix + "compute"] = (ScopeSet.None, "View and manage your Compute Engine resources"),
        [Prefix + "accounts.reauth"] = (ScopeSet.None, "Ask you to sign in again"),
        ["openid"] = (ScopeSet.None, "Associate you with your personal info on Google"),
        ["email"] = (ScopeSet.None, "See your email address"),
        ["profile"] = (ScopeSet.None, "See your personal info"),
    };

    private static readonly string[] Identity = ["openid", "email", "profile", Prefix + "userinfo.email", Prefix + "userinfo.profile"];

    public static bool IsKnown(string name) => Known.ContainsKey(name);

    public static string Description(string name) => Known[name].Says;

    /// <summary>Names from a space separated list, each once and in order.</summary>
    public static IReadOnlyList<string> Split(string? list) =>
        [.. (list ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];

    /// <summary>Whether they tell who the user is and nothing else.</summary>
    public static bool AreIdentityOnly(IEnumerable<string> names) => names.All(IsIdentity);

    /// <summary>Whether it tells who the user is.</summary>
    public static bool IsIdentity(string name) => Identity.Contains(name);

    public static string Full(string name) => Known.ContainsKey(name) ? name : Prefix + name;

    public static ScopeSet Set(IEnumerable<string> names) =>
        names.Aggregate(ScopeSet.None, (set, name) => set | (Known.TryGetValue(name, out var known) ? known.Scope : ScopeSet.None));
}
