using System.Globalization;
using System.Text;

namespace GPhotos.Emulator.Takeout;

/// <summary>What Takeout says in a language: docs/takeout.md has where each was seen.</summary>
internal sealed record TakeoutLocale(
    string Root, CompositeFormat Year, string AlbumJson, string Edited, string Untitled, string Archive, string Trash)
{
    private static readonly CompositeFormat EnglishYear = CompositeFormat.Parse("Photos from {0}");

    private static readonly Dictionary<string, TakeoutLocale> All = new(StringComparer.Ordinal)
    {
        ["en"] = new("Google Photos", EnglishYear, "metadata", "-edited", "Untitled", "Archive", "Trash"),
        ["de"] = new("Google Fotos", Format("Fotos von {0}"), "Metadaten", "-bearbeitet", "Unbenannt", "Archiv", "Papierkorb"),
        ["fr"] = new("Google Photos", Format("Photos de {0}"), "métadonnées", "-modifié", "Sans titre", "Archive", "Corbeille"),
        ["es"] = new("Google Fotos", Format("Fotos de {0}"), "metadatos", "-ha editado", "Sin título", "Archivo", "Papelera"),
        ["it"] = new("Google Foto", Format("Foto da {0}"), "metadati", "-modificato", "Senza titolo", "Archivio", "Cestino"),
        ["nl"] = new("Google Foto_s", Format("Foto_s van {0}"), "metadata", "-bewerkt", "Zonder titel", "Archief", "Prullenbak"),
        ["pl"] = new("Zdjęcia Google", Format("Zdjęcia z roku {0}"), "metadane", "-edytowane", "Bez tytułu", "Archiwum", "Kosz"),
        ["ja"] = new("Google フォト", Format("{0} 年の写真"), "メタデータ", "-編集済み", "無題", "アーカイブ", "ゴミ箱"),
    };

    public static IReadOnlyCollection<string> Names => All.Keys;

    /// <summary>The other languages' suffixes: an account's language may have changed between two edits.</summary>
    public static IEnumerable<string> EditedSuffixes => All.Values.Select(locale => locale.Edited).Append("-editado").Distinct();

    public static TakeoutLocale For(TakeoutOptions options) => All.TryGetValue(options.Locale, out TakeoutLocale? locale)
        ? options.EnglishYears ? locale with { Year = EnglishYear } : locale
        : throw new ArgumentException($"No language {options.Locale}; there are {string.Join(", ", Names)}.", nameof(options));

    public string FolderOf(int year) => string.Format(CultureInfo.InvariantCulture, Year, year);

    private static CompositeFormat Format(string text) => CompositeFormat.Parse(text);
}
