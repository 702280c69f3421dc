using Petrel.Api.Core;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.NodeLifecycle;

/// <summary>
/// Limits how fast nodes lose their pods, zone by zone, as documented under "Rate limits on eviction": when much of a zone
/// is silent at once, something between is more likely broken than the nodes. One entry per zone that evicted.
/// </summary>
internal sealed class ZoneEvictions(ControllerOptions options, TimeProvider time)
{
    // Fewer nodes than these that are not ready disrupt no zone.
    private const int UnreadyNodesMin = 3;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, long> _lastAt = new(StringComparer.Ordinal);

    /// <summary>The failure domain of a node: its region and zone.</summary>
    public static string ZoneOf(Node node) =>
        node.Metadata.Labels.GetValueOrDefault("topology.kubernetes.io/region") + "/" + node.Metadata.Labels.GetValueOrDefault("topology.kubernetes.io/zone");

    /// <summary>No node anywhere is ready: it is rather the control plane that is cut off, and nobody is evicted.</summary>
    public static bool IsTotal(IReadOnlyCollection<NodeState> nodes) => !nodes.Any(static node => node.IsReady);

    /// <summary>
    /// Asks to evict from one more node of the zone. Zero allows it; else the time after which to ask again; null when it
    /// takes a change of nodes.
    /// </summary>
    public TimeSpan? Take(string zone, IReadOnlyCollection<NodeState> nodes)
    {
        var rate = IsTotal(nodes) ? 0 : RateOf([.. nodes.Where(node => node.Zone == zone)]);
        if (rate == 0)
        {
            return null;
        }

        lock (_lock)
        {
            var now = time.GetTimestamp();
            var left = _lastAt.TryGetValue(zone, out var last) ? TimeSpan.FromSeconds(1 / rate) - time.GetElapsedTime(last, now) : TimeSpan.Zero;
            if (left > TimeSpan.Zero)
            {
                return left;
            }

            _lastAt[zone] = now;
            return TimeSpan.Zero;
        }
    }

    /// <summary>The eviction that was allowed did not come about.</summary>
    public void GiveBack(string zone)
    {
        lock (_lock)
        {
            _lastAt.Remove(zone);
        }
    }

    /// <summary>Nodes per second.</summary>
    private double RateOf(IReadOnlyCollection<NodeState> nodes)
    {
        var unready = nodes.Count(static node => !node.IsReady);
        var isPartial = unready < nodes.Count && unready >= UnreadyNodesMin && (double)unready / nodes.Count >= options.UnhealthyZoneThreshold;
        if (!isPartial)
        {
            return options.NodeEvictionRate;
        }

        return nodes.Count > options.LargeZoneSizeThreshold ? options.SecondaryNodeEvictionRate : 0;
    }
}

/// <summary>What counts of a node for its zone.</summary>
internal sealed record NodeState(string Zone, bool IsReady);
