using System.Runtime.InteropServices;

namespace Petrel.Storage.Backends.Embedded.Watching;

/// <summary>
/// Finds the topics whose range holds a key, in time that depends on how many different prefix lengths are watched,
/// not on how many watches there are. Guarded by <see cref="WatchHub"/>.
/// </summary>
internal sealed class TopicIndex
{
    private readonly Dictionary<string, Topic> _singles = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Topic> _prefixes = new(StringComparer.Ordinal);
    private readonly SortedDictionary<int, int> _prefixLengths = [];
    private readonly List<Topic> _others = [];

    public IEnumerable<Topic> All() => [.. _singles.Values, .. _prefixes.Values, .. _others];

    public Topic GetOrAdd(KeyRange range)
    {
        if (range.IsSingle)
        {
            return GetOrAdd(_singles, range, out _);
        }

        if (range.IsPrefix)
        {
            var topic = GetOrAdd(_prefixes, range, out var added);
            if (added)
            {
                _prefixLengths[range.Start.Length] = _prefixLengths.GetValueOrDefault(range.Start.Length) + 1;
            }

            return topic;
        }

        var other = _others.Find(topic => topic.Range == range);
        if (other is null)
        {
            _others.Add(other = new Topic(range));
        }

        return other;
    }

    public void Remove(Topic topic)
    {
        var range = topic.Range;
        if (range.IsSingle)
        {
            _singles.Remove(range.Start);
        }
        else if (!range.IsPrefix)
        {
            _others.Remove(topic);
        }
        else if (_prefixes.Remove(range.Start) && --_prefixLengths[range.Start.Length] == 0)
        {
            _prefixLengths.Remove(range.Start.Length);
        }
    }

    /// <summary>Stages an event in every topic that holds its key; topics that had nothing staged are added to <paramref name="touched"/>.</summary>
    public void Stage(in StoreEvent change, List<Topic> touched)
    {
        if (_singles.TryGetValue(change.Key, out var single))
        {
            Stage(single, change, touched);
        }

        var prefixes = _prefixes.GetAlternateLookup<ReadOnlySpan<char>>();
        foreach (var length in _prefixLengths.Keys)
        {
            if (length > change.Key.Length)
            {
                break;
            }

            if (prefixes.TryGetValue(change.Key.AsSpan(0, length), out var topic))
            {
                Stage(topic, change, touched);
            }
        }

        foreach (var topic in _others)
        {
            if (topic.Range.Contains(change.Key))
            {
                Stage(topic, change, touched);
            }
        }
    }

    private static void Stage(Topic topic, in StoreEvent change, List<Topic> touched)
    {
        if (!topic.IsStaged)
        {
            touched.Add(topic);
        }

        topic.Stage(change);
    }

    private static Topic GetOrAdd(Dictionary<string, Topic> topics, KeyRange range, out bool added)
    {
        ref var topic = ref CollectionsMarshal.GetValueRefOrAddDefault(topics, range.Start, out var exists);
        added = !exists;
        return topic ??= new Topic(range);
    }
}
