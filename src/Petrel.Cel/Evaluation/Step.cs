using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>A part of a plan.</summary>
internal abstract class Step
{
    /// <summary>The value, or an error as a value.</summary>
    public abstract CelValue Evaluate(Frame frame);
}

/// <summary>What is evaluated for an expression.</summary>
/// <param name="Locals">Places for variables of loops.</param>
internal sealed record Plan(Step Root, int Locals);
