using System.Text.RegularExpressions;

namespace GPhotos.Core.Takeout;

/// <summary>What the folders of an export are called, in the languages that were seen (docs/takeout.md).</summary>
internal static partial class FolderNames
{
    private static readonly HashSet<string> BesideYears = new(
        [
            "Archive", "Archiv", "Archivo", "Archivio", "Archief", "Archiwum", "アーカイブ", "Arquivo", "Arkiv", "Архив",
            "Trash", "Bin", "Papierkorb", "Corbeille", "Papelera", "Cestino", "Prullenbak", "Kosz", "ゴミ箱", "Lixeira", "Papperskorgen", "Корзина",
            "Failed Videos",
        ],
        StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether a product's folder is that of Google Photos.</summary>
    public static bool IsPhotos(string name) => Photos().IsMatch(name);

    /// <summary>Whether it is the folder of a year. Albums may be called so, too: their JSON tells.</summary>
    public static bool IsYear(string name) => Year().IsMatch(name);

    /// <summary>Whether it holds what lies in no year's folder, and is no album.</summary>
    public static bool IsBesideYears(string name) => BesideYears.Contains(name);

    [GeneratedRegex("^(Google (Photos|Fotos|Foto|Foto[_'’]s|フォト|Фото|Bilder|Fotoğraflar|相册|相簿|포토)|Zdjęcia Google|Fotky Google|Fotografii Google|Google.Photos)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Photos();

    [GeneratedRegex(@"^((Photos from|Fotos von|Photos de|Photos du|Fotos de|Fotos del|Foto da|Foto dal|Foto del|Foto[_'’]s van|Foto[_'’]s uit|Zdjęcia z roku|Zdjęcia z|Fotky z roku|Fotky z|Foton från|Bilder fra|Billeder fra|Фото за|Фотографии за|Fotografii din) \d{4}( г\.)?|\d{4} ?年の写真|\d{4} ?年的照片)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Year();
}
