namespace GPhotos.Emulator.Takeout;

/// <summary>The names of an item's files in one folder.</summary>
/// <param name="Main">The picture.</param>
/// <param name="Companions">What shares its JSON, in the item's order.</param>
/// <param name="Json">The JSON.</param>
internal sealed record PlacedNames(string Main, IReadOnlyList<string> Companions, string Json);

/// <summary>A folder that fills up: no name comes twice.</summary>
internal sealed class TakeoutFolder(string path)
{
    private readonly HashSet<string> _names = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The path within a part, with slashes.</summary>
    public string Path => path;

    /// <summary>The album whose folder it is.</summary>
    public AlbumDraft? Album { get; init; }

    /// <summary>The path of a file in it.</summary>
    public string PathOf(string name) => $"{path}/{name}";

    /// <summary>Takes a name that is sure to be free.</summary>
    public string Claim(string name) => _names.Add(name) ? PathOf(name) : throw new InvalidOperationException($"{path} has {name} already");

    /// <summary>Finds names for an item and takes them.</summary>
    /// <remarks>
    /// A picture, its moving half and its JSON have one number. Only where the cut leaves nothing of what makes two names
    /// different does an edit, or a JSON, get a number of its own.
    /// </remarks>
    public PlacedNames Place(TakeoutItem item)
    {
        string[] beside = [.. item.Companions.Select(companion => Beside(item.NameOfFile, companion))];
        string[] halves = [item.NameOfFile, .. beside.Where((_, index) => !item.Companions[index].IsEdit)];
        int number = FirstFree(0, number => halves.All(half => !_names.Contains(TakeoutNames.File(half, number))));
        foreach (string half in halves)
        {
            _names.Add(TakeoutNames.File(half, number));
        }

        string[] companions = [.. item.Companions.Select((companion, index) => companion.IsEdit
            ? Take(number, own => TakeoutNames.File(beside[index], own))
            : TakeoutNames.File(beside[index], number))];
        string json = Take(number, own => TakeoutNames.Json(item.NameOfJson, item.Naming, own));
        return new PlacedNames(TakeoutNames.File(item.NameOfFile, number), companions, json);
    }

    private static string Beside(string name, Companion companion)
    {
        (string stem, string extension) = TakeoutNames.Split(name);
        return stem + companion.Suffix + (companion.Extension ?? extension);
    }

    private string Take(int number, Func<int, string> name)
    {
        string taken = name(FirstFree(number, own => !_names.Contains(name(own))));
        _names.Add(taken);
        return taken;
    }

    private static int FirstFree(int number, Func<int, bool> isFree)
    {
        while (!isFree(number))
        {
            number++;
        }

        return number;
    }
}
