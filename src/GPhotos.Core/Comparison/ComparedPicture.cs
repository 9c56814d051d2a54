namespace GPhotos.Core.Comparison;

/// <summary>One picture of one side, and what was found of its counterpart on the other.</summary>
internal abstract class ComparedPicture<TOther>
    where TOther : class
{
    private readonly List<TOther> _rivals = [];

    public TOther? Partner { get; private set; }

    public ComparisonMatch? MatchedBy { get; private set; }

    /// <summary>Whether the partner stands in a pair of its own.</summary>
    public bool IsCopy { get; private set; }

    public string? Reason { get; set; }

    /// <summary>Which pictures of the other side it could be, when that cannot be decided.</summary>
    public IReadOnlyList<TOther> Rivals => _rivals;

    /// <summary>Whether there is still something to be found: what could not be decided by a strong sign is not decided by a weak one.</summary>
    public bool IsOpen => Partner is null && Reason is null;

    public void PairWith(TOther partner, ComparisonMatch match)
    {
        (Partner, MatchedBy, Reason) = (partner, match, null);
        _rivals.Clear();
    }

    public void IsCopyOf(TOther partner, ComparisonMatch match, string reason)
    {
        PairWith(partner, match);
        (IsCopy, Reason) = (true, reason);
    }

    public void CouldBe(IEnumerable<TOther> rivals, string reason)
    {
        _rivals.AddRange(rivals);
        Reason = reason;
    }
}
