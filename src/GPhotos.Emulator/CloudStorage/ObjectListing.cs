using GPhotos.Emulator.Hosting;

namespace GPhotos.Emulator.CloudStorage;

/// <summary>
/// One page of storage.objects.list: objects by their names and, with a delimiter, in place of all objects whose names go on behind it, the
/// name up to there. Both count against the size of the page.
/// </summary>
internal sealed class ObjectListing
{
    private readonly string _prefix;
    private readonly string _delimiter;
    private readonly string _after;
    private readonly string? _end;
    private readonly bool _trailing;
    private readonly int _most;
    private string? _last;

    private ObjectListing(Exchange exchange)
    {
        _prefix = exchange.Query("prefix") ?? "";
        _delimiter = exchange.Query("delimiter") ?? "";
        _after = ListRequest.PageToken(exchange);
        _end = exchange.Query("endOffset") is { Length: > 0 } end ? end : null;
        _trailing = exchange.Query("includeTrailingDelimiter") == "true";
        _most = ListRequest.MaxResults(exchange);
    }

    public List<StoredObject> Items { get; } = [];

    public List<string> Prefixes { get; } = [];

    /// <summary>Where the next page goes on; null when this is the last.</summary>
    public string? NextPageToken { get; private set; }

    public static ObjectListing Of(Bucket bucket, Exchange exchange)
    {
        ObjectListing listing = new(exchange);
        string from = new[] { listing._prefix, listing._after, exchange.Query("startOffset") ?? "" }.Max(Utf8Order.Instance)!;
        bucket.Visit(from, listing.Take);
        return listing;
    }

    private bool Take(StoredObject stored)
    {
        if (!stored.Name.StartsWith(_prefix, StringComparison.Ordinal)
            || (_end is not null && Utf8Order.Instance.Compare(stored.Name, _end) >= 0))
        {
            return false;
        }

        string? folder = Folder(stored.Name);
        string entry = folder ?? stored.Name;
        if (Utf8Order.Instance.Compare(entry, _after) <= 0 && _after.Length > 0)
        {
            return true;
        }

        bool isNew = folder is null || Prefixes.Count == 0 || Prefixes[^1] != folder;
        bool isItem = folder is null || (_trailing && folder == stored.Name);
        if (!isNew && !isItem)
        {
            return true;
        }

        if (Items.Count + Prefixes.Count >= _most)
        {
            NextPageToken = ListRequest.TokenFor(_last!);
            return false;
        }

        if (folder is not null && isNew)
        {
            Prefixes.Add(folder);
        }

        if (isItem)
        {
            Items.Add(stored);
        }

        _last = entry;
        return true;
    }

    private string? Folder(string name)
    {
        int at = _delimiter.Length == 0 ? -1 : name.IndexOf(_delimiter, _prefix.Length, StringComparison.Ordinal);
        return at < 0 ? null : name[..(at + _delimiter.Length)];
    }
}
