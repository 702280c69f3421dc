using Petrel.Cel.Types;

namespace Petrel.Cel.Values;

/// <summary>null.</summary>
public sealed class CelNull : CelValue
{
    private CelNull()
    {
    }

    public static CelNull Instance { get; } = new();

    public override CelType Type => CelType.Null;

    public override bool EqualTo(CelValue other) => other is CelNull;
}
