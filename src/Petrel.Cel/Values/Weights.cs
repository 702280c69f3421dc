namespace Petrel.Cel.Values;

/// <summary>Keeps what expressions build from growing beyond what can be gone through.</summary>
internal static class Weights
{
    /// <summary>Weight of the heaviest list or map that an expression can make.</summary>
    public const long Max = 10_000_000;

    /// <summary>Characters or bytes of the longest text that an expression can make.</summary>
    public const long TextMax = 20_000_000;

    public static long Sum(IEnumerable<CelValue> values)
    {
        long sum = 1;
        foreach (var value in values)
        {
            sum = Math.Min(sum + value.Weight, long.MaxValue / 2);
        }

        return sum;
    }

    /// <summary>The value, or an error when it is too heavy.</summary>
    public static CelValue Limited(CelValue value) => value.Weight > Max ? TooLarge : value;

    public static CelError TooLarge { get; } = CelError.Because("value is too large");
}
