namespace GPhotos.Emulator.CloudStorage;

/// <summary>The order of names in listings: by the bytes of their UTF-8, which is the order of code points.</summary>
internal sealed class Utf8Order : IComparer<string>
{
    public static Utf8Order Instance { get; } = new();

    public int Compare(string? x, string? y)
    {
        ReadOnlySpan<char> one = x;
        ReadOnlySpan<char> other = y;
        int common = one.CommonPrefixLength(other);
        if (common == one.Length || common == other.Length)
        {
            return one.Length - other.Length;
        }

        return Rank(one[common]) - Rank(other[common]);
    }

    // A surrogate is part of a code point above all that stand for themselves, whatever its number.
    private static int Rank(char letter) => char.IsSurrogate(letter) ? letter + 0x10000 : letter;
}
