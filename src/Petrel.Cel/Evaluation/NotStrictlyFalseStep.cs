using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>False only for false: errors do not end the loops of all and exists.</summary>
internal sealed class NotStrictlyFalseStep(Step operand) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var value = operand.Evaluate(frame);
        frame.Charge(1);
        return CelValue.Of(value is not CelBool { Value: false });
    }
}
