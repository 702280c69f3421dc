namespace Petrel.Cel.Costs;

/// <summary>At least and at most so much: a size or a cost. Sums and products stop at the largest number.</summary>
public readonly record struct Bounds(ulong Min, ulong Max)
{
    /// <summary>Nothing is known.</summary>
    public static Bounds Unknown => new(0, ulong.MaxValue);

    public static Bounds Exactly(ulong value) => new(value, value);

    public static Bounds operator +(Bounds left, Bounds right) => new(Sum(left.Min, right.Min), Sum(left.Max, right.Max));

    public static Bounds operator *(Bounds left, Bounds right) => new(Product(left.Min, right.Min), Product(left.Max, right.Max));

    /// <summary>Each bound times a factor, rounded up.</summary>
    public static Bounds operator *(Bounds bounds, double factor) => new(Scale(bounds.Min, factor), Scale(bounds.Max, factor));

    public static Bounds Add(Bounds left, Bounds right) => left + right;

    public static Bounds Multiply(Bounds left, Bounds right) => left * right;

    /// <summary>What covers both.</summary>
    public Bounds Or(Bounds other) => new(Math.Min(Min, other.Min), Math.Max(Max, other.Max));

    internal static ulong Scale(ulong value, double factor)
    {
        var scaled = Math.Ceiling(value * factor);
        return scaled >= 18446744073709551615.0 ? ulong.MaxValue : (ulong)scaled;
    }

    private static ulong Sum(ulong left, ulong right) => left > ulong.MaxValue - right ? ulong.MaxValue : left + right;

    private static ulong Product(ulong left, ulong right) => left != 0 && right > ulong.MaxValue / left ? ulong.MaxValue : left * right;
}
