using System.Runtime.InteropServices;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Plugins;

/// <summary>Numbers by topology: a label of nodes and one of its values, e.g. a zone.</summary>
internal sealed class TopologyCounts
{
    private readonly Dictionary<(string Key, string Value), long> _counts;

    public TopologyCounts() => _counts = [];

    private TopologyCounts(TopologyCounts other) => _counts = new(other._counts);

    /// <summary>Nothing is counted, or all of it came to zero.</summary>
    public bool IsEmpty => _counts.Count == 0;

    /// <summary>Adds to the topology the node belongs to; a node without the label belongs to none.</summary>
    public void Add(Node node, string topologyKey, long count)
    {
        if (count == 0 || !node.Metadata.Labels.TryGetValue(topologyKey, out var value))
        {
            return;
        }

        ref var present = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (topologyKey, value), out _);
        present += count;
        if (present == 0)
        {
            _counts.Remove((topologyKey, value));
        }
    }

    /// <summary>The number at the node; 0 also for a node without the label.</summary>
    public long At(Node node, string topologyKey) =>
        node.Metadata.Labels.TryGetValue(topologyKey, out var value) ? _counts.GetValueOrDefault((topologyKey, value)) : 0;

    public IEnumerable<string> Keys => _counts.Keys.Select(static pair => pair.Key).Distinct(StringComparer.Ordinal);

    public TopologyCounts Clone() => new(this);
}
