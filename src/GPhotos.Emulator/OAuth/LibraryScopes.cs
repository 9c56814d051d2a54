namespace GPhotos.Emulator.OAuth;

/// <summary>The scopes that open each group of methods. The removed ones only count where they were switched on.</summary>
internal sealed class LibraryScopes(bool legacyToo)
{
    public ScopeSet Read => ScopeSet.ReadAppCreated | Legacy(ScopeSet.LegacyAll | ScopeSet.LegacyReadOnly);

    public ScopeSet Append => ScopeSet.AppendOnly | Legacy(ScopeSet.LegacyAll);

    /// <summary>For what was an addition first and is an edit since 2025 too.</summary>
    public ScopeSet AppendOrEdit => Append | Edit;

    public ScopeSet Edit => ScopeSet.EditAppCreated | Legacy(ScopeSet.LegacyAll);

    private ScopeSet Legacy(ScopeSet scopes) => legacyToo ? scopes : ScopeSet.None;
}
