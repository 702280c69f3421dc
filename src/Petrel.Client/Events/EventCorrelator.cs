using Petrel.Api.Core;

namespace Petrel.Client.Events;

/// <summary>
/// Decides what becomes of an event: a new object, one more count on the object of an equal event, or nothing. Used by one
/// thread at a time.
/// </summary>
internal sealed class EventCorrelator(TimeProvider time)
{
    private readonly EventAggregator _aggregator = new(time);
    private readonly EventSpamFilter _spam = new(time);
    private readonly RecentlyUsed<EventKey, Event> _recorded = new(EventSpamFilter.RecentlyUsedMax);

    /// <summary>
    /// The event to write and its key; null when there are too many. A count above 1 says that the named object exists and
    /// is to be patched.
    /// </summary>
    public (Event Value, EventKey Key)? Correlate(Event value)
    {
        var (aggregated, key) = _aggregator.Aggregate(value);
        if (_recorded.Find(key) is { } last)
        {
            aggregated = aggregated with { Metadata = last.Metadata, FirstTimestamp = last.FirstTimestamp, Count = last.Count + 1 };
        }

        _recorded.Set(key, aggregated);
        return _spam.Allows(aggregated) ? (aggregated, key) : null;
    }

    /// <summary>The server has the event like this: the next equal one counts on from it.</summary>
    public void Recorded(EventKey key, Event value) => _recorded.Set(key, value);
}
