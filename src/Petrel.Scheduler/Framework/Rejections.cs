using System.Globalization;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Framework;

/// <summary>Why a pod fits on none of the nodes, and how that is said.</summary>
internal sealed class Rejections
{
    private readonly Snapshot _nodes;
    private readonly Dictionary<string, Verdict> _verdicts = new(StringComparer.Ordinal);

    /// <param name="others">What holds for nodes without a verdict of their own.</param>
    public Rejections(Snapshot nodes, Verdict others)
    {
        _nodes = nodes;
        Others = others;
    }

    public Verdict Others { get; }

    /// <summary>The pod was rejected before any node was looked at.</summary>
    public bool IsWhole { get; init; }

    /// <summary>Plugins that rejected the pod on some node: what they wait for can help it.</summary>
    public HashSet<string> Plugins { get; } = new(StringComparer.Ordinal);

    /// <summary>What PostFilter had to say.</summary>
    public string PostFilterMessage { get; set; } = "";

    public void Set(string node, Verdict verdict)
    {
        _verdicts[node] = verdict;
        if (verdict.Plugin.Length > 0)
        {
            Plugins.Add(verdict.Plugin);
        }
    }

    public Verdict Of(string node) => _verdicts.GetValueOrDefault(node, Others);

    /// <summary>E.g. <c>0/3 nodes are available: 1 Insufficient cpu, 2 node(s) were unschedulable.</c></summary>
    public string Message
    {
        get
        {
            var message = string.Create(CultureInfo.InvariantCulture, $"0/{_nodes.Count} nodes are available:");
            var reasons = IsWhole ? Others.Message : Histogram();
            message = reasons.Length == 0 ? message : $"{message} {reasons}.";
            return PostFilterMessage.Length == 0 ? message : $"{message} {PostFilterMessage}";
        }
    }

    private string Histogram()
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var reason in _verdicts.Values.SelectMany(static verdict => verdict.Reasons))
        {
            counts[reason] = counts.GetValueOrDefault(reason) + 1;
        }

        if (_nodes.Count > _verdicts.Count)
        {
            foreach (var reason in Others.Reasons)
            {
                counts[reason] = counts.GetValueOrDefault(reason) + _nodes.Count - _verdicts.Count;
            }
        }

        return string.Join(", ", counts.Select(static pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value} {pair.Key}")).Order(StringComparer.Ordinal));
    }
}
