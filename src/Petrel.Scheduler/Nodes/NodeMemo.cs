namespace Petrel.Scheduler.Nodes;

/// <summary>
/// Remembers what was computed for a node and a question (a selector, say). A <see cref="NodeInfo"/> is immutable, so an
/// answer holds as long as the node is the same one: of a thousand equal pods scheduled in a row each costs a look at the
/// nodes that changed, not at all pods. Used by the scheduling loop alone.
/// </summary>
/// <param name="compute">Computes the answer from the question and the node.</param>
internal sealed class NodeMemo<TQuestion, TAnswer>(Func<TQuestion, NodeInfo, TAnswer> compute) where TQuestion : notnull
{
    // Beyond this many different questions all are forgotten and those in use are asked anew.
    private const int QuestionsMax = 256;

    private readonly Dictionary<TQuestion, Column> _columns = [];

    /// <summary>Answers for the nodes of a snapshot by their position in it.</summary>
    public Column For(TQuestion question, Snapshot nodes)
    {
        if (!_columns.TryGetValue(question, out var column))
        {
            if (_columns.Count == QuestionsMax)
            {
                _columns.Clear();
            }

            column = new Column(question, compute);
            _columns.Add(question, column);
        }

        column.Resize(nodes.Count);
        return column;
    }

    /// <summary>The answers to one question.</summary>
    internal sealed class Column(TQuestion question, Func<TQuestion, NodeInfo, TAnswer> compute)
    {
        private NodeInfo?[] _nodes = [];
        private TAnswer[] _answers = [];

        public TAnswer this[int position, NodeInfo node]
        {
            get
            {
                if (!ReferenceEquals(_nodes[position], node))
                {
                    _answers[position] = compute(question, node);
                    _nodes[position] = node;
                }

                return _answers[position];
            }
        }

        internal void Resize(int count)
        {
            if (_nodes.Length != count)
            {
                Array.Resize(ref _nodes, count);
                Array.Resize(ref _answers, count);
            }
        }
    }
}
