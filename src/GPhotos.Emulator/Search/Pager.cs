using GPhotos.Emulator.Wire;

namespace GPhotos.Emulator.Search;

/// <summary>Cuts lists into pages, with the oddities of Google's paging where they are switched on.</summary>
internal sealed class Pager(EmulatorOptions options, PageTokens tokens)
{
    /// <summary>The page size asked for. Beyond the maximum Google's behaviour is not documented, so that is refused.</summary>
    public static int Size(long? asked, int byDefault, int maximum) => asked switch
    {
        null or 0 => byDefault,
        < 0 => throw GoogleError.InvalidArgument("Page size must not be negative."),
        _ when asked > maximum => throw GoogleError.InvalidArgument($"Page size must be less than or equal to {maximum}."),
        _ => (int)asked,
    };

    /// <summary>Reads the page that a token stands for.</summary>
    /// <param name="source">What is listed.</param>
    /// <param name="size">Entries on a page.</param>
    /// <param name="token">The token as the client sent it.</param>
    /// <param name="request">The method and parameters that the token must belong to.</param>
    public (List<T> Entries, string? NextPageToken) Read<T>(IPageSource<T> source, int size, string? token, string request)
        where T : class
    {
        PageCursor cursor = tokens.Decode(token, request);
        if (cursor.AtEnd)
        {
            return ([], null);
        }

        if (options.EmptyPages && cursor.Page > 0 && !cursor.EmptyPageGiven)
        {
            return ([], tokens.Encode(cursor with { EmptyPageGiven = true }, request));
        }

        size = options.ShortPages && cursor.Page % 2 == 0 ? (size + 1) / 2 : size;

        // A page of one could only ever repeat itself.
        T? repeated = options.RepeatAtPageSeams && cursor.Page > 0 && size > 1 ? source.EntryAt(cursor) : default;
        (List<T> entries, bool more) = source.Read(cursor, repeated is null ? size : size - 1);
        string? next = entries.Count > 0 && (more || options.TrailingPageToken)
            ? tokens.Encode(
                source.CursorOn(entries[^1], cursor.Offset + entries.Count) with { Page = cursor.Page + 1, AtEnd = !more }, request)
            : null;
        if (repeated is not null)
        {
            entries.Insert(0, repeated);
        }

        return (entries, next);
    }
}
