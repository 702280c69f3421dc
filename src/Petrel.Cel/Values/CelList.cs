using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A list. Derived types need not hold their elements as CEL values.</summary>
public abstract class CelList : CelValue
{
    private static readonly CelType ListType = CelType.List(CelType.Dyn);

    public override CelType Type => ListType;

    public abstract int Count { get; }

    public override long Size => Count;

    /// <summary>The element; the index is within the list.</summary>
    public abstract CelValue this[int index] { get; }

    /// <summary>Element by element; derived types may mean something else (a list that stands for a set).</summary>
    public override bool EqualTo(CelValue other)
    {
        if (other is not CelList list || list.Count != Count)
        {
            return false;
        }

        for (var i = 0; i < Count; i++)
        {
            if (!this[i].EqualTo(list[i]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Both lists one after the other; derived types may merge instead.</summary>
    public virtual CelValue Plus(CelList other) => Count == 0 ? other : other.Count == 0 ? this : JoinedList.Create(this, other);

    /// <summary>Whether an element equals the value.</summary>
    public virtual bool Contains(CelValue value)
    {
        for (var i = 0; i < Count; i++)
        {
            if (this[i].EqualTo(value))
            {
                return true;
            }
        }

        return false;
    }
}
