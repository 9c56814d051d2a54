namespace GPhotos.Core.Takeout;

/// <summary>
/// Joins the pictures and the JSONs of one folder. What the title inside a JSON makes goes before what its own name says, the picture itself before what
/// was made of it; and where two JSONs fit equally well, none is taken.
/// </summary>
internal sealed class FolderJoin
{
    private readonly TakeoutFolder _folder;
    private readonly List<PictureJson> _jsons;
    private readonly Dictionary<(string Stem, int Number), List<PictureJson>> _byStem = [];

    private FolderJoin(TakeoutFolder folder)
    {
        _folder = folder;
        _jsons = [.. folder.Jsons.Where(j => j.Flaw is null)];
    }

    /// <summary>Joins what belongs together.</summary>
    public static void Join(TakeoutFolder folder)
    {
        FolderJoin join = new(folder);
        foreach (PictureJson json in join._jsons)
        {
            (json.Number, json.IsNamedByTitle) = NameRules.NumberOf(json.Entry.FileName, json.Title);
        }

        join.ByTitle();
        join.ByTitleWithoutNumber();
        join.ByTitleWithoutExtension();
        join.ByNameOfJson();
        join.FillStems();
        join.Each(join.OfEdit);
        join.Each(join.OfMovingHalf);
        join.Each(join.OfEditCutOff);
    }

    private IEnumerable<TakeoutEntry> Free => _folder.Media.Where(m => m.Json is null);

    private IEnumerable<PictureJson> Widowed => _jsons.Where(j => j.Picture is null);

    private void ByTitle() => Pair(
        json => FileNames(json.Title).Select(n => (NameRules.Key(n.Stem + n.Extension), json.Number)),
        media => NameRules.Readings(media.FileName).Select(r => (NameRules.Key(r.Stem + r.Extension), r.Number)));

    // Titles that differ where their JSONs' names are cut: the JSONs are numbered, the files need not be.
    private void ByTitleWithoutNumber() => Pair(
        json => NameRules.IsJsonCut(json.Entry.FileName) ? FileNames(json.Title).Select(n => (NameRules.Key(n.Stem + n.Extension), 0)) : [],
        media => [(NameRules.Key(media.FileName), 0)]);

    // The file has the extension that its title lacks. Moving halves wait for their turn.
    private void ByTitleWithoutExtension()
    {
        Pair(Stems, media => media.IsVideo ? [] : StemsOf(media));
        Pair(Stems, StemsOf);

        static IEnumerable<(string, int)> StemsOf(TakeoutEntry media) =>
            NameRules.Readings(media.FileName).Select(r => (NameRules.Key(r.Stem) + "\n" + r.Extension.Length, r.Number));
    }

    private static IEnumerable<(string Key, int Number)> Stems(PictureJson json)
    {
        string clean = NameRules.Clean(json.Title);
        return clean.Length == 0 || NameRules.IsMediaExtension(NameRules.Split(clean).Extension)
            ? []
            : Enumerable.Range(3, 4).Select(length => (NameRules.Key(NameRules.Cut(clean, length)) + "\n" + length, json.Number));
    }

    // For JSONs whose title is of no use.
    private void ByNameOfJson() => Pair(
        json => json.IsNamedByTitle && json.Title.Length > 0 ? [] : NameRules.FilesOf(json.Entry.FileName).Select(n => (Beginning(n), json.Number)),
        media => NameRules.Readings(media.FileName).Select(r => (Beginning(r.Stem + r.Extension), r.Number)));

    // Half a character is none that could be compared.
    private static string Beginning(string fileName) =>
        NameRules.Key(fileName.Length > 46 ? fileName[..(char.IsHighSurrogate(fileName[45]) ? 45 : 46)] : fileName);

    private static IEnumerable<(string Stem, string Extension)> FileNames(string title)
    {
        if (title.Length == 0)
        {
            yield break;
        }

        (string stem, string extension) = NameRules.Split(NameRules.Clean(title));
        yield return (NameRules.Cut(stem, extension.Length), extension);
    }

    // One picture and one JSON that name each other, and no third.
    private void Pair(Func<PictureJson, IEnumerable<(string, int)>> namesOfJson, Func<TakeoutEntry, IEnumerable<(string, int)>> namesOfMedia)
    {
        Dictionary<(string, int), List<PictureJson>> byName = [];
        foreach (PictureJson json in Widowed)
        {
            foreach ((string, int) name in namesOfJson(json).Distinct())
            {
                Add(byName, name, json);
            }
        }

        List<(TakeoutEntry Media, PictureJson Json)> pairs = [];
        foreach (TakeoutEntry media in Free)
        {
            PictureJson[] fitting = [.. namesOfMedia(media).SelectMany(n => byName.GetValueOrDefault(n) ?? []).Distinct()];
            if (Only(fitting) is { } json)
            {
                pairs.Add((media, json));
            }
        }

        foreach (IGrouping<PictureJson, (TakeoutEntry Media, PictureJson Json)> pair in pairs.GroupBy(p => p.Json))
        {
            if (pair.Count() == 1)
            {
                TakeoutEntry media = pair.Single().Media;
                (media.Json, pair.Key.Picture, pair.Key.IsJoined) = (pair.Key, media, true);
            }
        }
    }

    private void Each(Func<TakeoutEntry, PictureJson?> find)
    {
        List<(TakeoutEntry Media, PictureJson Json)> found = [];
        foreach (TakeoutEntry media in Free)
        {
            if (find(media) is { } json)
            {
                found.Add((media, json));
            }
        }

        foreach ((TakeoutEntry media, PictureJson json) in found)
        {
            (media.Json, json.IsJoined) = (json, true);
        }
    }

    private PictureJson? OfEdit(TakeoutEntry media)
    {
        foreach ((string stem, string extension, int number) in NameRules.Readings(media.FileName).Reverse())
        {
            foreach (string original in EditNames.Originals(stem, extension.Length))
            {
                if (_byStem.TryGetValue((original, number), out List<PictureJson>? jsons)
                    && Only([.. jsons.Where(j => NameRules.Key(StemOf(j)) == original)], extension) is { } json)
                {
                    return json;
                }
            }
        }

        return null;
    }

    // IMG_0001.MP4 of IMG_0001.HEIC, PXL_0001.MP of PXL_0001.MP.jpg, MVIMG_0001 of MVIMG_0001.jpg.
    private PictureJson? OfMovingHalf(TakeoutEntry media)
    {
        if (!media.IsVideo)
        {
            return null;
        }

        foreach ((string stem, string extension, int number) in NameRules.Readings(media.FileName).Reverse())
        {
            foreach (string whole in (string[])[stem, stem + extension])
            {
                string key = NameRules.Key(whole);
                int length = whole.Length == stem.Length ? extension.Length : 0;
                if (_byStem.TryGetValue((key, number), out List<PictureJson>? jsons)
                    && Only([.. jsons.Where(j => IsStill(j) && IsCutOf(StemOf(j), key, length))]) is { } json)
                {
                    return json;
                }
            }
        }

        return null;
    }

    // An edit of a long name that nothing is left of but the number that keeps it apart from its original.
    private PictureJson? OfEditCutOff(TakeoutEntry media)
    {
        foreach ((string stem, string extension, int number) in NameRules.Readings(media.FileName))
        {
            if (number > 0 && NameRules.IsCut(stem, extension.Length)
                && Only([.. _jsons.Where(j => IsCutOf(StemOf(j), NameRules.Key(stem), extension.Length))]) is { } json)
            {
                return json;
            }
        }

        return null;
    }

    private static bool IsCutOf(string stem, string key, int extensionLength) => NameRules.Key(NameRules.Cut(stem, extensionLength)) == key;

    private static bool IsStill(PictureJson json) => json.Picture?.IsVideo != true;

    private static string StemOf(PictureJson json)
    {
        string clean = NameRules.Clean(json.Title);
        (string stem, string extension) = NameRules.Split(clean);
        return NameRules.IsMediaExtension(extension) ? stem : clean;
    }

    private void FillStems()
    {
        foreach (PictureJson json in _jsons.Where(j => j.Title.Length > 0))
        {
            string stem = StemOf(json);
            IEnumerable<string> stems = Enumerable.Range(0, 7).Select(length => NameRules.Cut(stem, length)).Append(stem);
            foreach (string key in stems.Select(NameRules.Key).Distinct())
            {
                Add(_byStem, (key, json.Number), json);
            }
        }
    }

    // The only one; of several the only one whose name or extension fits as well.
    private static PictureJson? Only(PictureJson[] fitting, string? extension = null)
    {
        if (fitting.Length > 1)
        {
            PictureJson[] better = [.. fitting.Where(j => j.IsNamedByTitle && (extension is null || j.Title.EndsWith(extension, StringComparison.OrdinalIgnoreCase)))];
            fitting = better.Length == 1 ? better : fitting;
        }

        return fitting.Length == 1 ? fitting[0] : null;
    }

    private static void Add(Dictionary<(string, int), List<PictureJson>> to, (string, int) key, PictureJson json)
    {
        if (!to.TryGetValue(key, out List<PictureJson>? list))
        {
            to.Add(key, list = []);
        }

        list.Add(json);
    }
}
