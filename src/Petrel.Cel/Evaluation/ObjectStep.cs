using System.Diagnostics.CodeAnalysis;
using Petrel.Cel.Costs;
using Petrel.Cel.Types;
using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

internal sealed class ObjectStep(CelType type, IReadOnlyList<(string Name, Step Value, bool IsOptional)> fields) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var values = new Dictionary<string, CelValue>(StringComparer.Ordinal);
        foreach (var field in fields)
        {
            var value = field.Value.Evaluate(frame);
            if (value is CelError)
            {
                return value;
            }

            if (field.IsOptional)
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

            values[field.Name] = value;
        }

        frame.Charge((long)CostRules.ObjectBase);
        return new MadeObject(type, values);
    }

    private sealed class MadeObject(CelType type, Dictionary<string, CelValue> fields) : CelObject
    {
        public override CelType Type => type;

        public override IEnumerable<string> FieldNames => fields.Keys;

        public override bool TryGetField(string name, [MaybeNullWhen(false)] out CelValue value) => fields.TryGetValue(name, out value);
    }
}
