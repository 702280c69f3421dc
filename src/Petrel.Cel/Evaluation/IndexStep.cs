using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>operand[index], operand[?index] and operand.?field</summary>
internal sealed class IndexStep(Step operand, Step index, bool isOptional) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var target = operand.Evaluate(frame);
        var key = index.Evaluate(frame);
        frame.Charge((long)CostRules.Access);
        if (target is CelError)
        {
            return target;
        }

        if (key is CelError)
        {
            return key;
        }

        if (target is CelOptional optional)
        {
            return optional.Value is { } inner ? Wrapped(inner, key) : optional;
        }

        return isOptional ? Wrapped(target, key) : Access.TryGet(target, key, out var value) ? value : Access.Missing(target, key);
    }

    private static CelValue Wrapped(CelValue target, CelValue key) =>
        Access.TryGet(target, key, out var value) ? value is CelError ? value : CelOptional.Of(value) : CelOptional.None;
}
