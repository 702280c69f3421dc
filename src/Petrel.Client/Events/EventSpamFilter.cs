using Petrel.Api.Core;

namespace Petrel.Client.Events;

/// <summary>
/// Keeps one source from flooding the API with events about one object: 25 at once, then one every 5 minutes, as upstream's
/// recorder. Remembers the 4096 objects used last.
/// </summary>
internal sealed class EventSpamFilter(TimeProvider time)
{
    private const int Burst = 25;
    private const double RefillSeconds = 300;

    private readonly RecentlyUsed<Key, Bucket> _buckets = new(RecentlyUsedMax);

    /// <summary>Objects and events the recorder remembers.</summary>
    public const int RecentlyUsedMax = 4096;

    public bool Allows(Event value)
    {
        var reference = value.InvolvedObject;
        var key = new Key(value.Source, reference.Kind, reference.Namespace, reference.Name, reference.Uid, reference.ApiVersion);
        var now = time.GetTimestamp();
        var bucket = _buckets.Find(key) ?? new Bucket(Burst, now);
        var tokens = Math.Min(Burst, bucket.Tokens + (time.GetElapsedTime(bucket.Since, now).TotalSeconds / RefillSeconds));
        var allowed = tokens >= 1;
        _buckets.Set(key, new Bucket(allowed ? tokens - 1 : tokens, now));
        return allowed;
    }

    private sealed record Bucket(double Tokens, long Since);

    private sealed record Key(EventSource Source, string Kind, string Namespace, string Name, string Uid, string ApiVersion);
}
