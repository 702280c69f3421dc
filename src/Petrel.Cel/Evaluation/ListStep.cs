using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class ListStep(IReadOnlyList<Step> items, IReadOnlySet<int> optional) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var values = new List<CelValue>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            var value = items[i].Evaluate(frame);
            if (value is CelError)
            {
                return value;
            }

            if (!optional.Contains(i))
            {
                values.Add(value);
            }
            else if (value is not CelOptional item)
            {
                return LiteralSteps.NotOptional(value);
            }
            else if (item.Value is not null)
            {
                values.Add(item.Value);
            }
        }

        frame.Charge((long)CostRules.ListBase);
        return Weights.Limited(new CelArray(values));
    }
}
