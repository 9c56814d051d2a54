namespace GPhotos.Core.Http;

/// <summary>A server's words, to be shown on a terminal or stand in a log: no escape sequence, no second line, no end without end.</summary>
internal static class ServerWords
{
    private const int Longest = 1000;

    /// <summary>The words as one line; what a terminal would obey has become spaces.</summary>
    public static string Shown(string words)
    {
        string line = new([.. words.Take(Longest).Select(static c => char.IsControl(c) || char.IsSurrogate(c) ? ' ' : c)]);
        return words.Length > Longest ? line + "…" : line;
    }
}
