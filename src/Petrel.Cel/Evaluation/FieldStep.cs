using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>operand.field</summary>
internal sealed class FieldStep(Step operand, string field) : Step
{
    private readonly CelString _key = new(field);

    public override CelValue Evaluate(Frame frame)
    {
        var target = operand.Evaluate(frame);
        frame.Charge((long)CostRules.Access);
        return target switch
        {
            CelError => target,
            CelOptional { Value: null } => target,
            CelOptional { Value: { } inner } => Access.TryGet(inner, _key, out var value) ? value is CelError ? value : CelOptional.Of(value) : CelOptional.None,
            _ => Access.TryGet(target, _key, out var value) ? value : CelError.NoSuchKey(_key),
        };
    }
}
