using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class LocalStep(int place) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        frame.Charge((long)CostRules.Access);
        return frame.Locals[place];
    }
}
