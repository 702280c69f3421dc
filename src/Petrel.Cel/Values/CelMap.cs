using System.Diagnostics.CodeAnalysis;
using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>A map. Derived types need not hold their entries as CEL values.</summary>
public abstract class CelMap : CelValue
{
    private static readonly CelType MapType = CelType.Map(CelType.Dyn, CelType.Dyn);

    public override CelType Type => MapType;

    public abstract int Count { get; }

    public override long Size => Count;

    public abstract IEnumerable<CelValue> Keys { get; }

    /// <summary>The value of a key; numbers are looked up by amount.</summary>
    public abstract bool TryGet(CelValue key, [MaybeNullWhen(false)] out CelValue value);

    public override bool EqualTo(CelValue other) =>
        other is CelMap map && map.Count == Count
        && Keys.All(key => TryGet(key, out var mine) && map.TryGet(key, out var theirs) && mine.EqualTo(theirs));
}
