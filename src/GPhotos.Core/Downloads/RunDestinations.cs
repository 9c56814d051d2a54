using GPhotos.Core.Destinations;

namespace GPhotos.Core.Downloads;

/// <summary>The destinations of one run. Those used last stay open: a script block may name a thousand of them.</summary>
internal sealed class RunDestinations(DestinationOpener opener, SaveOptions options) : IDisposable
{
    private const int MaxOpen = 32;

    private readonly Lock _gate = new();
    private readonly LinkedList<Place> _recent = [];

    /// <summary>Opens a destination for one ticket, which leaves it when it is done. Called by one task at a time.</summary>
    /// <exception cref="GPhotosException">It cannot be opened.</exception>
    public async Task<Place> EnterAsync(string name, CancellationToken cancellationToken)
    {
        Place? place;
        lock (_gate)
        {
            place = _recent.FirstOrDefault(p => p.Name == name);
            if (place is not null)
            {
                place.Tickets++;
                _recent.Remove(place);
                _recent.AddFirst(place);
                return place;
            }
        }

        place = new Place(name, await opener.OpenAsync(name, options, cancellationToken).ConfigureAwait(false)) { Tickets = 1 };
        lock (_gate)
        {
            _recent.AddFirst(place);
            if (_recent.Count > MaxOpen && _recent.LastOrDefault(p => p.Tickets == 0) is { } idle)
            {
                _recent.Remove(idle);
                idle.Lease.Dispose();
            }
        }

        return place;
    }

    /// <summary>A ticket is done.</summary>
    public void Leave(Place? place)
    {
        lock (_gate)
        {
            if (place is not null)
            {
                place.Tickets--;
            }
        }
    }

    /// <summary>Lets go of all, also of those whose tickets were never done: the run was stopped.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            foreach (Place place in _recent)
            {
                place.Lease.Dispose();
            }

            _recent.Clear();
        }
    }

    /// <summary>An open destination of the run.</summary>
    internal sealed class Place(string name, OpenDestinations.Lease lease)
    {
        public string Name { get; } = name;

        public OpenDestinations.Lease Lease { get; } = lease;

        /// <summary>How many tickets are on their way there.</summary>
        public int Tickets { get; set; }
    }
}
