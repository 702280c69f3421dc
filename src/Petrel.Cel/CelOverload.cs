using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel;

/// <summary>One way to call a function.</summary>
/// <param name="Parameters">Types of the arguments; of a method, the first one is its target's.</param>
/// <param name="Result">Type of what it gives.</param>
/// <param name="Evaluate">Called with values of those types, none of which is an error. What goes wrong is a <see cref="CelError"/>.</param>
public sealed record CelOverload(IReadOnlyList<CelType> Parameters, CelType Result, Func<IReadOnlyList<CelValue>, CelValue> Evaluate)
{
    /// <summary>It is called on a target: <c>'a'.size()</c>.</summary>
    public bool IsMethod { get; init; }

    /// <summary>What a call costs, known before it is made; 1 when left out.</summary>
    public Func<IReadOnlyList<CelValue>, long>? Cost { get; init; }

    /// <summary>What a call costs at most and at least, from the sizes of its arguments; 1 when left out.</summary>
    public Func<IReadOnlyList<SizedOperand>, CallEstimate>? Estimate { get; init; }

    internal bool Accepts(IReadOnlyList<CelValue> arguments)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (!Accepts(Parameters[i], arguments[i]))
            {
                return false;
            }
        }

        return true;
    }

    // Elements of lists and maps are not looked at.
    private static bool Accepts(CelType type, CelValue value) => type.Kind switch
    {
        CelKind.Dyn or CelKind.Parameter => true,
        CelKind.List => value is CelList,
        CelKind.Map => value is CelMap,
        CelKind.Object or CelKind.Opaque => value.Type.Name == type.Name,
        _ => value.Type.Kind == type.Kind,
    };
}
