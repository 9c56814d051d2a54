using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>The destinations of one run. Those used last stay open: a script block may name a thousand of them.</summary>
internal sealed class RunDestinations(DestinationOpener opener, SaveOptions options) : IDisposable
{
    private const int MaxOpen = 32;

    private readonly LinkedList<(string Name, OpenDestinations.Lease Lease)> _recent = [];

    /// <summary>A share in a destination for one ticket. Called by one task at a time.</summary>
    /// <exception cref="GPhotosException">It cannot be opened.</exception>
    public async Task<OpenDestinations.Lease> EnterAsync(string name, CancellationToken cancellationToken)
    {
        LinkedListNode<(string Name, OpenDestinations.Lease Lease)>? node = _recent.First;
        while (node is not null && node.Value.Name != name)
        {
            node = node.Next;
        }

        if (node is null)
        {
            node = new((name, await opener.OpenAsync(name, options, cancellationToken).ConfigureAwait(false)));
            if (_recent.Count == MaxOpen)
            {
                _recent.Last!.Value.Lease.Dispose();
                _recent.RemoveLast();
            }
        }
        else
        {
            _recent.Remove(node);
        }

        _recent.AddFirst(node);
        return node.Value.Lease.Share();
    }

    public void Dispose()
    {
        foreach ((_, OpenDestinations.Lease lease) in _recent)
        {
            lease.Dispose();
        }

        _recent.Clear();
    }
}
