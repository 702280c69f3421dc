using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.Endpoints;

/// <summary>
/// Tells when what made the endpoints of a Service change happened, for the annotation by which proxies measure how long
/// programming takes (SLO "network programming latency"). One entry per Service.
/// </summary>
internal sealed class ChangeTimes
{
    private readonly Lock _lock = new();
    private readonly Dictionary<ObjectKey, State> _states = [];

    /// <summary>The earliest change since the last call for this Service; null when there was none.</summary>
    public DateTimeOffset? Next(Service service, IEnumerable<Pod> pods)
    {
        var key = ObjectKey.Of(service);
        var podTimes = pods.Where(static pod => PodTime(pod) is not null).ToDictionary(static pod => pod.Metadata.Name, static pod => PodTime(pod)!.Value, StringComparer.Ordinal);
        var serviceTime = service.Metadata.CreationTimestamp ?? DateTimeOffset.MinValue;
        lock (_lock)
        {
            var known = _states.GetValueOrDefault(key);
            _states[key] = new State(serviceTime, podTimes);
            if (known is null)
            {
                return podTimes.Values.Append(serviceTime).Max();
            }

            var changed = podTimes.Where(entry => entry.Value > known.Pods.GetValueOrDefault(entry.Key)).Select(static entry => entry.Value);
            changed = serviceTime > known.Service ? changed.Append(serviceTime) : changed;
            return changed.Select(static time => (DateTimeOffset?)time).Min();
        }
    }

    public void Forget(ObjectKey key)
    {
        lock (_lock)
        {
            _states.Remove(key);
        }
    }

    private static DateTimeOffset? PodTime(Pod pod) => pod.Condition("Ready")?.LastTransitionTime;

    private sealed record State(DateTimeOffset Service, Dictionary<string, DateTimeOffset> Pods);
}
