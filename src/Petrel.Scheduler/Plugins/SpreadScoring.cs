using Petrel.Api.Core;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>
/// Scores nodes by how many pods there are in their domains: few are good. Topologies with many domains weigh more, as each of
/// theirs holds fewer pods.
/// </summary>
internal sealed class SpreadScoring
{
    private readonly SpreadConstraint[] _constraints;
    private readonly double[] _weights;

    // By domain of each constraint; only domains with a node to choose. Nodes themselves are counted when they are scored.
    private readonly Dictionary<string, long>[] _counts;
    private readonly HashSet<string> _ignored = new(StringComparer.Ordinal);

    /// <param name="needsAllLabels">Nodes without all the labels get no score.</param>
    public SpreadScoring(SpreadConstraint[] constraints, bool needsAllLabels, IReadOnlyList<NodeInfo> feasible)
    {
        _constraints = constraints;
        _counts = [.. constraints.Select(static _ => new Dictionary<string, long>(StringComparer.Ordinal))];
        foreach (var node in feasible)
        {
            if (needsAllLabels && !Array.TrueForAll(constraints, constraint => node.Node.Metadata.Labels.ContainsKey(constraint.TopologyKey)))
            {
                _ignored.Add(node.Name);
                continue;
            }

            for (var i = 0; i < constraints.Length; i++)
            {
                if (!IsHostname(i) && node.Node.Metadata.Labels.TryGetValue(constraints[i].TopologyKey, out var domain))
                {
                    _counts[i].TryAdd(domain, 0);
                }
            }
        }

        _weights = [.. constraints.Select((_, i) => Math.Log((IsHostname(i) ? feasible.Count - _ignored.Count : _counts[i].Count) + 2))];
    }

    public void Add(int constraint, Node node, int count)
    {
        if (!IsHostname(constraint)
            && node.Metadata.Labels.TryGetValue(_constraints[constraint].TopologyKey, out var domain)
            && _counts[constraint].TryGetValue(domain, out var present))
        {
            _counts[constraint][domain] = present + count;
        }
    }

    /// <param name="onNode">The pods on the node itself that a constraint counts.</param>
    public long Score(Node node, Func<int, int> onNode)
    {
        if (_ignored.Contains(node.Metadata.Name))
        {
            return 0;
        }

        var score = 0.0;
        for (var i = 0; i < _constraints.Length; i++)
        {
            if (node.Metadata.Labels.TryGetValue(_constraints[i].TopologyKey, out var domain))
            {
                var count = IsHostname(i) ? onNode(i) : _counts[i].GetValueOrDefault(domain);
                score += (count * _weights[i]) + (_constraints[i].MaxSkew - 1);
            }
        }

        return (long)Math.Round(score, MidpointRounding.AwayFromZero);
    }

    /// <summary>The fewest pods get 100; nodes without the labels get 0.</summary>
    public void Normalize(IReadOnlyList<NodeInfo> nodes, Span<long> scores)
    {
        var (min, max) = (long.MaxValue, 0L);
        for (var i = 0; i < scores.Length; i++)
        {
            if (!_ignored.Contains(nodes[i].Name))
            {
                (min, max) = (Math.Min(min, scores[i]), Math.Max(max, scores[i]));
            }
        }

        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = _ignored.Contains(nodes[i].Name) ? 0 : max == 0 ? ScoreRange.Max : ScoreRange.Max * (max + min - scores[i]) / max;
        }
    }

    private bool IsHostname(int constraint) => _constraints[constraint].TopologyKey == SpreadConstraint.Hostname;
}
