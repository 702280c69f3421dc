using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class ConstantStep(CelValue value) : Step
{
    public CelValue Value { get; } = value;

    public override CelValue Evaluate(Frame frame) => Value;
}
