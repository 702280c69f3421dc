using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class VariableStep(string name) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        frame.Charge((long)CostRules.Access);
        return frame.Bindings.TryFind(name, out var value) ? value : CelError.Because($"no such attribute(s): {name}");
    }
}
