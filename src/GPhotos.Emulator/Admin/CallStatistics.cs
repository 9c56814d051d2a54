using System.Text.Json;
using GPhotos.Emulator.Media;

namespace GPhotos.Emulator.Admin;

/// <summary>What was asked of the emulator, by kind of call. A call counts as it comes in, whatever becomes of it.</summary>
internal sealed class CallStatistics
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, Counter> _kinds = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, long> _statuses = [];
    private readonly SortedDictionary<string, long> _throttled = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> _grants = new(StringComparer.Ordinal);
    private long _total;
    private long _libraryCalls;
    private long _uploadBytes;
    private long _batchItems;
    private int _inFlight;

    public Call Begin(string kind, bool isLibraryCall)
    {
        lock (_lock)
        {
            if (!_kinds.TryGetValue(kind, out Counter? counter))
            {
                _kinds.Add(kind, counter = new Counter());
            }

            _total++;
            _libraryCalls += isLibraryCall ? 1 : 0;
            _inFlight++;
            counter.Calls++;
            counter.InFlight++;
            counter.MaxInFlight = Math.Max(counter.MaxInFlight, counter.InFlight);
            return new Call(this, counter);
        }
    }

    /// <summary>Counts bytes of upload bodies as they arrive, whatever becomes of them.</summary>
    public void AddUploaded(int bytes)
    {
        lock (_lock)
        {
            _uploadBytes += bytes;
        }
    }

    /// <summary>Counts the entries of a batchCreate call, whatever becomes of them.</summary>
    public void AddBatchItems(int items)
    {
        lock (_lock)
        {
            _batchItems += items;
        }
    }

    /// <summary>Counts a token request by its grant type, whatever becomes of it; one that a fault answers is read by nobody.</summary>
    public void AddGrant(string grantType)
    {
        lock (_lock)
        {
            _grants[grantType] = _grants.GetValueOrDefault(grantType) + 1;
        }
    }

    /// <summary>Starts from zero; calls under way are still under way.</summary>
    public void Reset()
    {
        lock (_lock)
        {
            _total = _libraryCalls = _uploadBytes = _batchItems = 0;
            _statuses.Clear();
            _throttled.Clear();
            _grants.Clear();
            foreach ((string kind, Counter counter) in _kinds.ToList())
            {
                if (counter.InFlight == 0)
                {
                    _kinds.Remove(kind);
                }

                counter.Calls = 0;
                counter.MaxInFlight = counter.InFlight;
            }
        }
    }

    public void Write(Utf8JsonWriter json, SpoolRoom room)
    {
        lock (_lock)
        {
            json.WriteStartObject();
            json.WriteNumber("total", _total);
            WriteMap(json, "calls", _kinds, kind => kind.Key, kind => kind.Value.Calls);
            WriteMap(json, "maxInFlight", _kinds, kind => kind.Key, kind => kind.Value.MaxInFlight);
            json.WriteNumber("inFlight", _inFlight);
            json.WriteNumber("libraryCalls", _libraryCalls);
            json.WriteNumber("uploadBytes", _uploadBytes);
            json.WriteNumber("batchCreateItems", _batchItems);
            WriteMap(json, "statuses", _statuses, status => $"{status.Key}", status => status.Value);
            WriteMap(json, "throttled", _throttled, quota => quota.Key, quota => quota.Value);
            WriteMap(json, "grants", _grants, grant => grant.Key, grant => grant.Value);
            json.WriteStartObject("spool");
            json.WriteNumber("files", room.Files);
            json.WriteNumber("bytes", room.Bytes);
            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteMap<T>(Utf8JsonWriter json, string name, IEnumerable<T> entries, Func<T, string> key, Func<T, long> value)
    {
        json.WriteStartObject(name);
        foreach (T entry in entries)
        {
            json.WriteNumber(key(entry), value(entry));
        }

        json.WriteEndObject();
    }

    /// <summary>A call under way.</summary>
    internal sealed class Call(CallStatistics owner, Counter counter) : IDisposable
    {
        private bool _ended;

        /// <summary>Takes the call off those under way; only the first end counts.</summary>
        /// <param name="status">The status answered; null when nothing was.</param>
        /// <param name="quota">The quota that the call was refused for.</param>
        public void End(int? status, string? quota = null)
        {
            lock (owner._lock)
            {
                if (_ended)
                {
                    return;
                }

                _ended = true;
                owner._inFlight--;
                counter.InFlight--;
                if (status is int answered)
                {
                    owner._statuses[answered] = owner._statuses.GetValueOrDefault(answered) + 1;
                }

                if (quota is not null)
                {
                    owner._throttled[quota] = owner._throttled.GetValueOrDefault(quota) + 1;
                }
            }
        }

        public void Dispose() => End(status: null);
    }

    /// <summary>The numbers of one kind of call.</summary>
    internal sealed class Counter
    {
        public long Calls { get; set; }

        public int InFlight { get; set; }

        public int MaxInFlight { get; set; }
    }
}
