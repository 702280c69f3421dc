using Petrel.Cel.Values;

namespace Petrel.Cel;

/// <summary>What an evaluation gave.</summary>
/// <param name="Value">The result, or a <see cref="CelError"/>.</param>
/// <param name="Cost">What it cost, in units of CEL's cost model.</param>
public readonly record struct CelResult(CelValue Value, long Cost, CelEnding Ending)
{
    /// <summary>What went wrong; null when nothing did.</summary>
    public string? Error => (Value as CelError)?.Message;
}
