using Petrel.Dns.Chain;

namespace Petrel.Dns.Caching;

/// <summary>
/// A bounded store of responses with the moment each ends. It is divided into shards with a lock each; a full shard makes
/// room by dropping its oldest entry, which with lifetimes this short is usually the first to expire too.
/// </summary>
internal sealed class ResponseCache
{
    private const int ShardCount = 64;

    private readonly Shard[] _shards;
    private readonly int _shardCapacity;
    private readonly TimeProvider _time;

    /// <param name="capacity">How many responses are kept, rounded down to a multiple of the shard count.</param>
    /// <param name="time">Decides what has expired.</param>
    public ResponseCache(int capacity, TimeProvider time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(capacity, ShardCount);
        _shardCapacity = capacity / ShardCount;
        _time = time;
        _shards = [.. Enumerable.Range(0, ShardCount).Select(_ => new Shard())];
    }

    /// <summary>The response with every TTL set to what remains of its lifetime; null when unknown or expired.</summary>
    public DnsResponse? Find(CacheKey key)
    {
        Shard shard = ShardOf(key);
        Entry entry;
        lock (shard.Entries)
        {
            if (!shard.Entries.TryGetValue(key, out entry))
            {
                return null;
            }
        }

        TimeSpan age = _time.GetElapsedTime(entry.KeptAt);
        return age < entry.Lifetime ? WithTtl(entry.Response, entry.Lifetime - age) : null;
    }

    /// <summary>Keeps a response, and returns it as a client shall see it now.</summary>
    public DnsResponse Keep(CacheKey key, DnsResponse response, TimeSpan lifetime)
    {
        Shard shard = ShardOf(key);
        lock (shard.Entries)
        {
            if (!shard.Entries.ContainsKey(key))
            {
                if (shard.Entries.Count == _shardCapacity)
                {
                    shard.Entries.Remove(shard.Oldest.Dequeue());
                }

                shard.Oldest.Enqueue(key);
            }

            shard.Entries[key] = new Entry(response, _time.GetTimestamp(), lifetime);
        }

        return WithTtl(response, lifetime);
    }

    private Shard ShardOf(CacheKey key) => _shards[(uint)key.GetHashCode() % ShardCount];

    private static DnsResponse WithTtl(DnsResponse response, TimeSpan remaining)
    {
        // Rounded up: a record with a moment left must not say zero, which means "do not keep at all".
        uint seconds = (uint)Math.Ceiling(remaining.TotalSeconds);
        return response with
        {
            Sections = response.Sections.Select(seconds, static (record, ttl) =>
                record.TimeToLiveSeconds == ttl ? record : record with { TimeToLiveSeconds = ttl }),
        };
    }

    /// <summary>The queue holds exactly the keys of the dictionary, in the order they came.</summary>
    private sealed class Shard
    {
        public Dictionary<CacheKey, Entry> Entries { get; } = [];

        public Queue<CacheKey> Oldest { get; } = [];
    }

    private readonly record struct Entry(DnsResponse Response, long KeptAt, TimeSpan Lifetime);
}
