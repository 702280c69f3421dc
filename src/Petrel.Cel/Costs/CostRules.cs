using Petrel.Cel.Values;

namespace Petrel.Cel.Costs;

/// <summary>The factors of CEL's cost model, and the rules that many functions share.</summary>
public static class CostRules
{
    /// <summary>Of going through one character.</summary>
    public const double TextFactor = 0.1;

    /// <summary>Of one character of a pattern; an operation of a pattern has about four.</summary>
    public const double PatternFactor = 0.25;

    internal const ulong Access = 1;
    internal const ulong ListBase = 10;
    internal const ulong MapBase = 30;
    internal const ulong ObjectBase = 40;

    /// <summary>Cost of going through the text <paramref name="times"/> times.</summary>
    public static long Text(CelValue value, double times = 1) => (long)Math.Ceiling(value.Size * times * TextFactor);

    public static long Pattern(CelValue text, CelValue pattern) =>
        Product((long)Math.Ceiling((1 + text.Size) * TextFactor), (long)Math.Ceiling(pattern.Size * PatternFactor));

    internal static long Product(long left, long right) => left != 0 && right > long.MaxValue / left ? long.MaxValue : left * right;

    internal static CallEstimate TextEstimate(IReadOnlyList<SizedOperand> operands) => new(operands[0].Size * TextFactor);

    /// <summary>Going through the text and making as much again.</summary>
    internal static CallEstimate CopyEstimate(IReadOnlyList<SizedOperand> operands) => new(operands[0].Size * (2 * TextFactor), operands[0].Size);

    internal static CallEstimate PatternEstimate(IReadOnlyList<SizedOperand> operands) =>
        new((operands[0].Size + Bounds.Exactly(1)) * TextFactor * (operands[1].Size * PatternFactor));

    internal static CallEstimate Fixed(ulong cost) => new(Bounds.Exactly(cost));
}
