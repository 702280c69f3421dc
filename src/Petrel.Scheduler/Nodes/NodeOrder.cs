using Petrel.Api.Core;

namespace Petrel.Scheduler.Nodes;

/// <summary>The order in which nodes are looked at: one zone after the other in turn, so that a part of them covers all zones.</summary>
internal static class NodeOrder
{
    public static NodeInfo[] Interleave(IReadOnlyCollection<NodeInfo> nodes)
    {
        var zones = nodes.GroupBy(static node => ZoneOf(node.Node), StringComparer.Ordinal).Select(static zone => zone.ToArray()).ToArray();
        if (zones.Length <= 1)
        {
            return [.. nodes];
        }

        var ordered = new List<NodeInfo>(nodes.Count);
        for (var round = 0; ordered.Count < nodes.Count; round++)
        {
            ordered.AddRange(zones.Where(zone => round < zone.Length).Select(zone => zone[round]));
        }

        return [.. ordered];
    }

    public static string ZoneOf(Node node)
    {
        var labels = node.Metadata.Labels;
        return Label(labels, "topology.kubernetes.io/region", "failure-domain.beta.kubernetes.io/region") + "\0"
            + Label(labels, "topology.kubernetes.io/zone", "failure-domain.beta.kubernetes.io/zone");
    }

    private static string Label(Api.ApiMap<string> labels, string name, string formerName) =>
        labels.TryGetValue(name, out var value) || labels.TryGetValue(formerName, out value) ? value : "";
}
