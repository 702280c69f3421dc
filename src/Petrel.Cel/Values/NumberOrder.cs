namespace Petrel.Cel.Values;

/// <summary>Compares numbers of any type by their amounts, without loss.</summary>
internal static class NumberOrder
{
    private const double LongLimit = 9223372036854775808.0;
    private const double UlongLimit = 18446744073709551616.0;

    /// <summary>False when one is not a number or not comparable (NaN).</summary>
    public static bool TryCompare(CelValue left, CelValue right, out int order)
    {
        int? found = (left, right) switch
        {
            (CelInt a, CelInt b) => a.Value.CompareTo(b.Value),
            (CelUint a, CelUint b) => a.Value.CompareTo(b.Value),
            (CelDouble a, CelDouble b) => Compare(a.Value, b.Value),
            (CelInt a, CelUint b) => Compare(a.Value, b.Value),
            (CelUint a, CelInt b) => -Compare(b.Value, a.Value),
            (CelInt a, CelDouble b) => Compare(a.Value, b.Value),
            (CelDouble a, CelInt b) => -Compare(b.Value, a.Value),
            (CelUint a, CelDouble b) => Compare(a.Value, b.Value),
            (CelDouble a, CelUint b) => -Compare(b.Value, a.Value),
            _ => null,
        };
        order = found ?? 0;
        return found is not null;
    }

    /// <summary>The number as an int when it is one exactly: keys of maps and indexes of lists may be written as any number.</summary>
    public static bool TryInt(CelValue value, out long number)
    {
        switch (value)
        {
            case CelInt whole:
                number = whole.Value;
                return true;
            case CelUint { Value: <= long.MaxValue } unsigned:
                number = (long)unsigned.Value;
                return true;
            case CelDouble { Value: >= -LongLimit and < LongLimit } real when Math.Floor(real.Value) == real.Value:
                number = (long)real.Value;
                return true;
            default:
                number = 0;
                return false;
        }
    }

    private static int? Compare(double left, double right) => double.IsNaN(left) || double.IsNaN(right) ? null : left.CompareTo(right) is var order && left == right ? 0 : order;

    private static int Compare(long left, ulong right) => left < 0 ? -1 : ((ulong)left).CompareTo(right);

    private static int? Compare(long left, double right) => right switch
    {
        double.NaN => null,
        < -LongLimit => 1,
        >= LongLimit => -1,
        _ when (long)right is var whole && left != whole => left.CompareTo(whole),
        _ => Compare(0.0, right - Math.Truncate(right)),
    };

    private static int? Compare(ulong left, double right) => right switch
    {
        double.NaN => null,
        < 0 => 1,
        >= UlongLimit => -1,
        _ when (ulong)right is var whole && left != whole => left.CompareTo(whole),
        _ => Compare(0.0, right - Math.Truncate(right)),
    };
}
