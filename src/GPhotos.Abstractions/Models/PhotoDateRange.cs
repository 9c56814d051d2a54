namespace GPhotos;

/// <summary>Two dates, both included.</summary>
public sealed record PhotoDateRange
{
    /// <summary>Makes a range. Both ends must leave the same parts open: two days, two months or two years.</summary>
    /// <exception cref="ArgumentException">The ends differ in their pattern.</exception>
    public PhotoDateRange(PhotoDate start, PhotoDate end)
    {
        if (!start.HasSamePattern(end))
        {
            throw new ArgumentException(
                $"A range needs two days, two months or two years; '{start}' and '{end}' differ in that.", nameof(end));
        }

        (Start, End) = (start, end);
    }

    /// <summary>The first date.</summary>
    public PhotoDate Start { get; }

    /// <summary>The last date.</summary>
    public PhotoDate End { get; }
}
