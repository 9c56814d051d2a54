namespace GPhotos.Emulator.Search;

/// <summary>A list that can be read on from behind any of its entries, though it changes in between.</summary>
internal interface IPageSource<T>
    where T : class
{
    /// <summary>Up to so many entries behind the cursor, and whether there are more behind them.</summary>
    public (List<T> Entries, bool More) Read(PageCursor cursor, int count);

    /// <summary>The cursor's own entry, if it is still there.</summary>
    public T? EntryAt(PageCursor cursor);

    /// <summary>A cursor that stands on the last of the entries just read.</summary>
    public PageCursor CursorOn(T entry, int offset);
}
