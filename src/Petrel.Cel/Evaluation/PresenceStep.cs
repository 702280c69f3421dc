using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>has(operand.field)</summary>
internal sealed class PresenceStep(Step operand, string field) : Step
{
    private readonly CelString _key = new(field);

    public override CelValue Evaluate(Frame frame) => operand.Evaluate(frame) switch
    {
        CelError error => error,
        CelOptional { Value: null } => CelBool.False,
        CelOptional { Value: { } inner } => CelValue.Of(Access.TryGet(inner, _key, out _)),
        var target => CelValue.Of(Access.TryGet(target, _key, out _)),
    };
}
