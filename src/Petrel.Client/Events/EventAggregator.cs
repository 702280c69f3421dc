using Petrel.Api.Core;

namespace Petrel.Client.Events;

/// <summary>
/// Folds events that differ only in their message: after 10 different messages within 10 minutes the following become one
/// event, "(combined from similar events): …". The numbers and the prefix are upstream's.
/// </summary>
internal sealed class EventAggregator(TimeProvider time)
{
    private const int SimilarMax = 10;
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    private readonly RecentlyUsed<EventKey, Group> _groups = new(EventSpamFilter.RecentlyUsedMax);

    /// <summary>The event to record and the key by which it counts as a repetition.</summary>
    public (Event Value, EventKey Key) Aggregate(Event value)
    {
        var key = EventKey.Of(value) with { Message = "", InvolvedObject = value.InvolvedObject with { ResourceVersion = "", FieldPath = "" } };
        var now = time.GetTimestamp();
        var group = _groups.Find(key);
        if (group is null || time.GetElapsedTime(group.LastSeen, now) > Interval)
        {
            group = new Group();
        }

        group.LastSeen = now;
        group.Messages.Add(value.Message);
        _groups.Set(key, group);
        if (group.Messages.Count < SimilarMax)
        {
            return (value, EventKey.Of(value));
        }

        // Room for the next message: the set never grows beyond the limit.
        group.Messages.Remove(group.Messages.First());
        return (value with { Message = "(combined from similar events): " + value.Message }, key);
    }

    private sealed class Group
    {
        public HashSet<string> Messages { get; } = new(StringComparer.Ordinal);

        public long LastSeen { get; set; }
    }
}
