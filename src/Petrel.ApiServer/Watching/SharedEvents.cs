using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Watching;

/// <summary>
/// Where the watches of a kind meet that decode or encode events, so that each event is decoded once and encoded once for each
/// form, however many watches there are. An event is let go of when the last watch has passed it.
/// </summary>
internal sealed class SharedEvents(ResourceStore store)
{
    /// <summary>Events kept for watches that are behind; what they miss they make for themselves.</summary>
    public const int KeptMax = 256;

    private const int RecentCount = 64;

    private readonly Lock _lock = new();
    private readonly Dictionary<KeyRange, Chain> _chains = [];

    // Watches of one namespace and of all of them see the same event; who holds it is a chain.
    private readonly WeakReference<SharedEvent>?[] _recent = new WeakReference<SharedEvent>?[RecentCount];

    /// <summary>Events that are held for some watch.</summary>
    public int Held
    {
        get
        {
            lock (_lock)
            {
                return _chains.Values.Sum(static chain => chain.Held);
            }
        }
    }

    /// <summary>Joins the watches of a range; from now on events are shared with them.</summary>
    public Reader Join(KeyRange range)
    {
        lock (_lock)
        {
            if (!_chains.TryGetValue(range, out var chain))
            {
                _chains[range] = chain = new Chain(range);
            }

            chain.Readers++;
            return new Reader(this, chain);
        }
    }

    private SharedEvent Find(in StoreEvent change)
    {
        var slot = (int)(change.Revision % RecentCount);
        if (_recent[slot] is { } reference && reference.TryGetTarget(out var known) && known.Revision == change.Revision && known.Key == change.Key)
        {
            return known;
        }

        var made = new SharedEvent(change, store);
        _recent[slot] = new WeakReference<SharedEvent>(made);
        return made;
    }

    /// <summary>One watch's place among the events of its range. It takes every event of its range, in order.</summary>
    public sealed class Reader : IDisposable
    {
        private readonly SharedEvents _events;
        private readonly Chain _chain;
        private Link _next;

        internal Reader(SharedEvents events, Chain chain) => (_events, _chain, _next) = (events, chain, chain.End);

        public SharedEvent Take(in StoreEvent change)
        {
            lock (_events._lock)
            {
                while (_next.Following is { } following && _next.IsBefore(change))
                {
                    _next.Pass();
                    _next = following;
                }

                if (_next.Following is null)
                {
                    if (_chain.IsPast(change))
                    {
                        // History that the others have behind them.
                        return new SharedEvent(change, _events.Store);
                    }

                    _chain.Append(_events.Find(change), change);
                }

                if (!_next.Is(change))
                {
                    return new SharedEvent(change, _events.Store);
                }

                var taken = _next.Event ?? _events.Find(change);
                _next.Pass();
                _next = _next.Following!;
                _chain.Trim();
                return taken;
            }
        }

        public void Dispose()
        {
            lock (_events._lock)
            {
                for (; _next.Following is { } following; _next = following)
                {
                    _next.Pass();
                }

                _chain.Trim();
                if (--_chain.Readers == 0)
                {
                    _events._chains.Remove(_chain.Range);
                }
            }
        }
    }

    private ResourceStore Store => store;

    /// <summary>The events of one range that some watch still has to take. Guarded by the owner's lock.</summary>
    internal sealed class Chain(KeyRange range)
    {
        private Link? _oldest;
        private long _revision;
        private string _key = "";

        public KeyRange Range { get; } = range;

        public int Readers { get; set; }

        /// <summary>The place of the next event.</summary>
        public Link End { get; private set; } = new();

        public int Held { get; private set; }

        /// <summary>An event of this place or a later one is there already, or was.</summary>
        public bool IsPast(in StoreEvent change) =>
            change.Revision < _revision || (change.Revision == _revision && string.CompareOrdinal(change.Key, _key) <= 0);

        public void Append(SharedEvent added, in StoreEvent change)
        {
            (_revision, _key) = (change.Revision, change.Key);
            var link = End;
            End = link.Fill(added, Readers);
            _oldest ??= link;
            if (++Held > KeptMax)
            {
                DropOldest();
            }
        }

        /// <summary>Lets go of what all have passed.</summary>
        public void Trim()
        {
            while (_oldest is { IsPassed: true })
            {
                DropOldest();
            }
        }

        private void DropOldest()
        {
            _oldest!.Drop();
            _oldest = ReferenceEquals(_oldest.Following, End) ? null : _oldest.Following;
            Held--;
        }
    }

    /// <summary>One event in a chain; the last link waits for its event.</summary>
    internal sealed class Link
    {
        private long _revision;
        private string _key = "";
        private int _readers;

        /// <summary>Null when it was dropped for those that are too far behind.</summary>
        public SharedEvent? Event { get; private set; }

        public Link? Following { get; private set; }

        public bool IsPassed => _readers == 0;

        public Link Fill(SharedEvent added, int readers)
        {
            (Event, _revision, _key, _readers) = (added, added.Revision, added.Key, readers);
            return Following = new Link();
        }

        public bool IsBefore(in StoreEvent change) =>
            _revision < change.Revision || (_revision == change.Revision && string.CompareOrdinal(_key, change.Key) < 0);

        public bool Is(in StoreEvent change) => _revision == change.Revision && _key == change.Key;

        public void Pass()
        {
            if (--_readers == 0)
            {
                Event = null;
            }
        }

        public void Drop() => Event = null;
    }
}
