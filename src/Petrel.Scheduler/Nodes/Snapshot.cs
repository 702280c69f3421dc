namespace Petrel.Scheduler.Nodes;

/// <summary>
/// The nodes as one scheduling cycle sees them. Belongs to the scheduling loop, which has <see cref="NodeCache"/> bring it up
/// to date between cycles.
/// </summary>
internal sealed class Snapshot
{
    private Dictionary<string, int> _positions = new(StringComparer.Ordinal);

    /// <summary>The nodes, neighbours in different zones where possible.</summary>
    public NodeInfo[] Nodes { get; private set; } = [];

    public int Count => Nodes.Length;

    public NodeInfo? Find(string name) => _positions.TryGetValue(name, out var position) ? Nodes[position] : null;

    /// <summary>Where the node stands in <see cref="Nodes"/>; -1 when it is not there.</summary>
    public int PositionOf(string name) => _positions.TryGetValue(name, out var position) ? position : -1;

    internal void Replace(NodeInfo[] nodes)
    {
        Nodes = nodes;
        _positions = new Dictionary<string, int>(nodes.Length, StringComparer.Ordinal);
        for (var i = 0; i < nodes.Length; i++)
        {
            _positions.Add(nodes[i].Name, i);
        }
    }

    internal void Set(NodeInfo node)
    {
        if (_positions.TryGetValue(node.Name, out var position))
        {
            Nodes[position] = node;
        }
    }
}
