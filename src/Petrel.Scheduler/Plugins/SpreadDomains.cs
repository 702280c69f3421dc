using System.Runtime.InteropServices;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Plugins;

/// <summary>How many pods there are in each domain of a constraint's topology.</summary>
internal sealed class SpreadDomains
{
    private readonly Dictionary<string, int> _counts;
    private int? _fewest;

    public SpreadDomains(SpreadConstraint constraint) : this(constraint, new(StringComparer.Ordinal))
    {
    }

    private SpreadDomains(SpreadConstraint constraint, Dictionary<string, int> counts) => (Constraint, _counts) = (constraint, counts);

    public SpreadConstraint Constraint { get; }

    /// <summary>The pods in the domain with the fewest; 0 while there are fewer domains than wanted.</summary>
    public int Fewest => _fewest ??= _counts.Count < Constraint.MinDomains || _counts.Count == 0 ? 0 : _counts.Values.Min();

    public int CountOf(string domain) => _counts.GetValueOrDefault(domain);

    /// <summary>Adds to the domain of the node, which has the label.</summary>
    public void Add(Node node, int count)
    {
        CollectionsMarshal.GetValueRefOrAddDefault(_counts, node.Metadata.Labels[Constraint.TopologyKey], out _) += count;
        _fewest = null;
    }

    public SpreadDomains Clone() => new(Constraint, new(_counts, StringComparer.Ordinal));
}
