using Petrel.Cel.Costs;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class MapStep(IReadOnlyList<(Step Key, Step Value, bool IsOptional)> entries) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var map = new CelDictionary();
        foreach (var entry in entries)
        {
            var key = entry.Key.Evaluate(frame);
            var value = entry.Value.Evaluate(frame);
            if (key is CelError || value is CelError)
            {
                return key is CelError ? key : value;
            }

            if (key is not (CelString or CelInt or CelUint or CelBool or CelDouble))
            {
                return CelError.Because($"unsupported key type: {key.Type.Name}");
            }

            if (entry.IsOptional)
            {
                if (value is not CelOptional item)
                {
                    return LiteralSteps.NotOptional(value);
                }

                if (item.Value is null)
                {
                    continue;
                }

                value = item.Value;
            }

            if (!map.TryAdd(key, value))
            {
                return CelError.Because("Failed with repeated key");
            }
        }

        frame.Charge((long)CostRules.MapBase);
        return Weights.Limited(map);
    }
}
