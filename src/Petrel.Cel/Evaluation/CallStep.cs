using Petrel.Cel.Values;

namespace Petrel.Cel.Evaluation;

/// <summary>A call of an overload; which one depends on the values when types did not tell.</summary>
internal sealed class CallStep(string function, IReadOnlyList<CelOverload> overloads, IReadOnlyList<Step> operands) : Step
{
    public override CelValue Evaluate(Frame frame)
    {
        var values = new CelValue[operands.Count];
        CelError? error = null;
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = operands[i].Evaluate(frame);
            error ??= values[i] as CelError;
        }

        if (error is not null)
        {
            frame.Charge(1);
            return error;
        }

        foreach (var overload in overloads)
        {
            if (overload.Accepts(values))
            {
                frame.Charge(overload.Cost?.Invoke(values) ?? 1);
                return overload.Evaluate(values);
            }
        }

        frame.Charge(1);
        return char.IsAsciiLetter(function[0]) && operands.Count > 0
            ? CelError.Because($"no such overload: {function}({string.Join(", ", values.Select(static value => value.Type.Name))})")
            : CelError.NoSuchOverload;
    }
}
