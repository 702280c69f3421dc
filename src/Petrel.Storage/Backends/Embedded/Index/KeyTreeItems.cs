using System.Collections;

namespace Petrel.Storage.Backends.Embedded.Index;

/// <summary>A run of items of a tree by position, read while it is enumerated: it costs the same however long it is.</summary>
internal sealed class KeyTreeItems(KeyTree tree, int first, int count) : IReadOnlyCollection<KeyValue>
{
    public int Count => count;

    public IEnumerator<KeyValue> GetEnumerator()
    {
        var path = new Stack<(BranchNode Branch, int Next)>();
        var (leaf, index) = Descend(tree.Root, first, path);
        for (var remaining = count; remaining > 0; remaining--)
        {
            if (index == leaf.Slots)
            {
                (leaf, index) = NextLeaf(path);
            }

            yield return leaf[index++];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static (LeafNode Leaf, int Index) Descend(KeyTreeNode node, int position, Stack<(BranchNode, int)> path)
    {
        while (node is BranchNode branch)
        {
            var child = 0;
            while (position >= branch[child].KeyCount)
            {
                position -= branch[child++].KeyCount;
            }

            path.Push((branch, child + 1));
            node = branch[child];
        }

        return ((LeafNode)node, position);
    }

    private static (LeafNode Leaf, int Index) NextLeaf(Stack<(BranchNode Branch, int Next)> path)
    {
        var (branch, next) = path.Pop();
        while (next == branch.Slots)
        {
            (branch, next) = path.Pop();
        }

        path.Push((branch, next + 1));
        return Descend(branch[next], 0, path);
    }
}
