using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission.EventRates;

/// <summary>The rates of one limit: a bucket of permits for each key, filled again as time passes.</summary>
internal sealed class RateLimit(EventRateSettings settings, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, LinkedListNode<Bucket>> _buckets = new(StringComparer.Ordinal);

    // The bucket used last comes first.
    private readonly LinkedList<Bucket> _byUse = new();

    /// <summary>Counts the event; says which limit it exceeds, null when it exceeds none.</summary>
    public string? Refuse(AdmissionRequest request)
    {
        var key = KeyOf(request);
        lock (_lock)
        {
            return BucketOf(key).TryTake(settings, time.GetUtcNow()) ? null : $"limit reached on type {settings.Type} for key {key}";
        }
    }

    private Bucket BucketOf(string key)
    {
        if (_buckets.TryGetValue(key, out var known))
        {
            _byUse.Remove(known);
            _byUse.AddFirst(known);
            return known.Value;
        }

        if (_buckets.Count >= settings.CacheSize)
        {
            _buckets.Remove(_byUse.Last!.Value.Key);
            _byUse.RemoveLast();
        }

        var bucket = new Bucket(key, settings.Burst, time.GetUtcNow());
        _buckets.Add(key, _byUse.AddFirst(bucket));
        return bucket;
    }

    private string KeyOf(AdmissionRequest request) => settings.Type switch
    {
        "Namespace" => request.Namespace,
        "User" => request.User.Name,
        "SourceAndObject" when request.Object is Event { Source: var source, InvolvedObject: var about } =>
            source.Component + source.Host + about.Kind + about.Namespace + about.Name + about.Uid + about.ApiVersion,
        _ => "",
    };

    private sealed class Bucket(string key, double permits, DateTimeOffset since)
    {
        private double _permits = permits;
        private DateTimeOffset _since = since;

        public string Key { get; } = key;

        public bool TryTake(EventRateSettings settings, DateTimeOffset now)
        {
            _permits = Math.Min(settings.Burst, _permits + ((now - _since).TotalSeconds * settings.EventsPerSecond));
            _since = now;
            if (_permits < 1)
            {
                return false;
            }

            _permits--;
            return true;
        }
    }
}
