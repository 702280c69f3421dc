namespace Petrel.Cel.Values;

/// <summary>
/// Two lists one after the other. Neither is copied when they are joined, since l + l costs little however long l is;
/// the elements are laid out when the first one is asked for, which costs as much as going through them.
/// </summary>
internal sealed class JoinedList : CelList
{
    private CelList? _left;
    private CelList? _right;
    private CelValue[]? _items;

    private JoinedList(CelList left, CelList right)
    {
        (_left, _right) = (left, right);
        Count = left.Count + right.Count;
        Weight = left.Weight + right.Weight;
    }

    public override int Count { get; }

    public override long Weight { get; }

    public override CelValue this[int index] => (_items ??= LayOut())[index];

    public static CelValue Create(CelList left, CelList right) =>
        left.Weight + right.Weight > Weights.Max || (long)left.Count + right.Count > Weights.Max ? Weights.TooLarge : new JoinedList(left, right);

    private CelValue[] LayOut()
    {
        var items = new CelValue[Count];
        var at = Count;
        var pending = new Stack<CelList>([_left!, _right!]);
        while (pending.TryPop(out var list))
        {
            if (list is JoinedList { _items: null } joined)
            {
                pending.Push(joined._left!);
                pending.Push(joined._right!);
                continue;
            }

            at -= list.Count;
            for (var i = 0; i < list.Count; i++)
            {
                items[at + i] = list[i];
            }
        }

        (_left, _right) = (null, null);
        return items;
    }
}
