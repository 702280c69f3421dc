using System.Collections.Concurrent;

namespace Petrel.Node.Serving;

/// <summary>Remembers answers for a while. Holds a limited number; when it is full of current ones, it forgets all.</summary>
internal sealed class ExpiringCache<TValue>(TimeProvider time)
{
    private const int EntriesMax = 4096;

    private readonly ConcurrentDictionary<string, (TValue Value, DateTimeOffset Until)> _entries = new(StringComparer.Ordinal);

    public bool TryGet(string key, out TValue? value)
    {
        var found = _entries.TryGetValue(key, out var entry) && entry.Until > time.GetUtcNow();
        value = found ? entry.Value : default;
        return found;
    }

    public void Set(string key, TValue value, TimeSpan timeToLive)
    {
        var now = time.GetUtcNow();
        if (_entries.Count >= EntriesMax)
        {
            foreach (var (old, entry) in _entries)
            {
                if (entry.Until <= now)
                {
                    _entries.TryRemove(old, out _);
                }
            }

            if (_entries.Count >= EntriesMax)
            {
                _entries.Clear();
            }
        }

        _entries[key] = (value, now + timeToLive);
    }
}
