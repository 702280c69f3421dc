using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class ConditionalStep(Step condition, Step then, Step otherwise) : Step
{
    public override CelValue Evaluate(Frame frame) => condition.Evaluate(frame) switch
    {
        CelBool { Value: var value } => (value ? then : otherwise).Evaluate(frame),
        CelError error => error,
        _ => CelError.NoSuchOverload,
    };
}
