using System.Globalization;

namespace GPhotos.Emulator.Media;

/// <summary>What stands behind the "=" of a base URL: d, dv, or a size.</summary>
internal sealed class DownloadParameters
{
    private static readonly string[] Words = ["c", "no", "d", "dv"];

    private readonly SortedDictionary<char, int> _sizes = [];
    private readonly HashSet<string> _words = new(StringComparer.Ordinal);
    private bool _repeated;

    /// <summary>The bytes of a photo are asked for.</summary>
    public bool Photo => _words.Contains("d");

    /// <summary>The bytes of a video are asked for, or of the moving part of a photo.</summary>
    public bool Video => _words.Contains("dv");

    /// <summary>A picture of a size is asked for.</summary>
    public bool Sized => _sizes.Count > 0;

    /// <summary>False for what contradicts itself, such as a video of a size, or a crop to none.</summary>
    public bool MakesSense => !_repeated
        && !_sizes.ContainsValue(0)
        && (Video ? _words.Count == 1 && !Sized : Photo || Sized)
        && (!_words.Contains("c") || _sizes.ContainsKey('s') || _sizes.Count == 2)
        && (!_words.Contains("no") || Sized);

    /// <summary>The parameters in one order, whatever the order they came in.</summary>
    public string Name => string.Join('-', _sizes
        .Select(size => string.Create(CultureInfo.InvariantCulture, $"{size.Key}{size.Value}"))
        .Concat(Words.Where(_words.Contains)));

    /// <summary>The parameters, or null when there is one that nobody knows.</summary>
    public static DownloadParameters? Read(string text)
    {
        DownloadParameters result = new();
        return text.Split('-').All(result.TryAdd) ? result : null;
    }

    private bool TryAdd(string part)
    {
        if (Words.Contains(part))
        {
            _repeated |= !_words.Add(part);
            return true;
        }

        if (part is ['w' or 'h' or 's', .. string number]
            && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out int size))
        {
            _repeated |= !_sizes.TryAdd(part[0], size);
            return true;
        }

        return false;
    }
}
