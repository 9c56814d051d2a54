using System.Globalization;

namespace GPhotos;

/// <summary>A size that a picture is to fit into, in pixels: 2048x1536, or 2048x and x1536 where the other side is free.</summary>
/// <remarks>See https://developers.google.com/photos/library/guides/access-media-items#image-base-urls.</remarks>
public readonly record struct PictureBounds
{
    /// <summary>The longest side Google's media server makes.</summary>
    public const int MaxSide = 16383;

    private PictureBounds(int? width, int? height) => (Width, Height) = (width, height);

    /// <summary>The width in pixels, 1 to <see cref="MaxSide"/>, or null where it is free.</summary>
    public int? Width { get; }

    /// <summary>The height in pixels, 1 to <see cref="MaxSide"/>, or null where it is free.</summary>
    public int? Height { get; }

    /// <summary>Reads 2048x1536, 2048x, x1536, or 2048 for a square. The same under every culture.</summary>
    /// <exception cref="FormatException">The text is no such size.</exception>
    public static PictureBounds Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Trim().Split('x', 'X', '×');
        int?[] sides = [.. parts.Select(p => p.Trim().Length == 0 ? (int?)null : Side(p, text))];
        return sides switch
        {
            [{ } side] => new PictureBounds(side, side),
            [var width, var height] when width is not null || height is not null => new PictureBounds(width, height),
            _ => throw NotASize(text),
        };
    }

    /// <summary>2048x1536.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Width}x{Height}");

    private static int Side(string part, string text) =>
        int.TryParse(part, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int side)
        && side is > 0 and <= MaxSide
            ? side
            : throw NotASize(text);

    private static FormatException NotASize(string text) =>
        new($"'{text}' is not a size. Write 2048x1536, 2048x or x1536, with sides from 1 to {MaxSide} pixels.");
}
