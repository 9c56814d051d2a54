namespace GPhotos.Core.Takeout;

/// <summary>What Takeout puts behind the name of a picture that was made of another, in the languages that were seen.</summary>
internal static class EditNames
{
    // Keys as NameRules.Key makes them.
    private static readonly string[] Suffixes =
    [
        .. new[]
        {
            "-edited", "-bearbeitet", "-modifié", "-ha editado", "-editado", "-editada", "-modificato", "-bewerkt", "-edytowane", "-編集済み", "-upravené", "-upravený",
            "-redigerad", "-redigeret", "-redigert", "-muokattu", "-editat", "-szerkesztett", "-düzenlendi", "-измененный", "-изменено", "-відредаговано", "-편집됨", "-已修改", "-已編輯",
            "-collage", "-animation", "-smile", "-effects", "-mix", "-pano", "-hdr",
        }.Select(NameRules.Key),
    ];

    /// <summary>The stems of originals that an edit's stem may be made of, the likeliest first.</summary>
    /// <param name="stem">Its stem, without number.</param>
    /// <param name="extensionLength">How much of the name its extension takes.</param>
    public static IEnumerable<string> Originals(string stem, int extensionLength)
    {
        string key = NameRules.Key(stem);
        IEnumerable<string> whole = Suffixes.Where(s => key.EndsWith(s, StringComparison.Ordinal) && key.Length > s.Length).Select(s => key[..^s.Length]);
        if (!NameRules.IsCut(stem, extensionLength))
        {
            return whole;
        }

        // The longest that is left of a suffix first.
        IEnumerable<string> cut =
            from suffix in Suffixes
            from length in Enumerable.Range(1, suffix.Length - 1)
            where key.Length > length && key.EndsWith(suffix[..length], StringComparison.Ordinal)
            orderby length descending
            select key[..^length];
        return whole.Concat(cut.Distinct());
    }
}
