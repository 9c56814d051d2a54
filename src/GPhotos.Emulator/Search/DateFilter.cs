using GPhotos.Emulator.Library;
using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>Days and ranges of days, any of which may hold an item's capture time. Days are those of UTC.</summary>
internal sealed class DateFilter
{
    private const int MostOfEach = 5;

    private readonly List<(DatePattern First, DatePattern Last)> _ranges = [];

    public static DateFilter Read(RequestObject filter)
    {
        filter.Allow("dates", "ranges");
        IReadOnlyList<RequestObject> dates = filter.Objects("dates");
        IReadOnlyList<RequestObject> ranges = filter.Objects("ranges");
        if (dates.Count > MostOfEach || ranges.Count > MostOfEach)
        {
            throw GoogleError.InvalidArgument("A date filter must not have more than 5 dates or 5 ranges.");
        }

        DateFilter result = new();
        result._ranges.AddRange(dates.Select(DatePattern.Read).Select(date => (date, date)));
        result._ranges.AddRange(ranges.Select(ReadRange));
        return result._ranges.Count > 0 ? result : throw GoogleError.InvalidArgument("A date filter must have a date or a range.");
    }

    public bool Matches(MediaItem item)
    {
        // The upload time stands in for a missing capture time in listings, but never here.
        return item.HasCaptureDate && _ranges.Exists(range =>
        {
            int rank = range.First.RankOf(item.CreationTime);
            return range.First.Rank <= rank && rank <= range.Last.Rank;
        });
    }

    private static (DatePattern First, DatePattern Last) ReadRange(RequestObject range)
    {
        range.Allow("startDate", "endDate");
        if (range.Object("startDate") is not RequestObject start || range.Object("endDate") is not RequestObject end)
        {
            throw GoogleError.InvalidArgument("A date range must have a start date and an end date.");
        }

        (DatePattern First, DatePattern Last) ends = (DatePattern.Read(start), DatePattern.Read(end));
        return ends.First.Shape != ends.Last.Shape
            ? throw GoogleError.InvalidArgument("The dates of a range must have the same format.")
            : ends.First.Rank > ends.Last.Rank
                ? throw GoogleError.InvalidArgument("The start date of a range must not be after its end date.")
                : ends;
    }
}
