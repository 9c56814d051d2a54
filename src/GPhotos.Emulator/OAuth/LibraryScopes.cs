namespace GPhotos.Emulator.OAuth;

/// <summary>The scopes that open each group of methods. The removed ones only count where they were switched on.</summary>
internal sealed class LibraryScopes(bool legacyToo)
{
    /// <summary>Every scope of the Library API.</summary>
    public static ScopeSet Any { get; } = ScopeSet.AppendOnly | ScopeSet.ReadAppCreated | ScopeSet.EditAppCreated
        | ScopeSet.LegacyAll | ScopeSet.LegacyReadOnly | ScopeSet.LegacySharing;

    public ScopeSet Read => ScopeSet.ReadAppCreated | Legacy(ScopeSet.LegacyAll | ScopeSet.LegacyReadOnly);

    public ScopeSet Append => ScopeSet.AppendOnly | Legacy(ScopeSet.LegacyAll);

    /// <summary>For what was an addition first and is an edit since 2025 too.</summary>
    public ScopeSet AppendOrEdit => Append | Edit;

    public ScopeSet Edit => ScopeSet.EditAppCreated | Legacy(ScopeSet.LegacyAll);

    private ScopeSet Legacy(ScopeSet scopes) => legacyToo ? scopes : ScopeSet.None;
}
