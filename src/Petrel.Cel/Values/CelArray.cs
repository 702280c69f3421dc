namespace Petrel.Cel.Values;

/// <summary>A list of CEL values.</summary>
public sealed class CelArray(IReadOnlyList<CelValue> items) : CelList
{
    private long _weight = -1;

    public static CelArray Empty { get; } = new([]);

    public override int Count => items.Count;

    public override long Weight => _weight >= 0 ? _weight : _weight = Weights.Sum(items);

    public override CelValue this[int index] => items[index];
}
