using System.Globalization;
using System.Numerics;

namespace Petrel.Api;

/// <summary>Writes amounts in canonical form: a whole number with the largest suffix that loses nothing.</summary>
internal static class QuantityText
{
    public static string Format(DecimalAmount amount, QuantityFormat format)
    {
        if (amount.Sign == 0)
        {
            return "0";
        }

        var reduced = amount.WithoutTrailingZeros();
        return format == QuantityFormat.BinarySI && reduced.Scale >= 0 && !IsSmall(reduced)
            ? Binary(DecimalAmount.WholeAtScale(reduced, 0))
            : Decimal(reduced, format == QuantityFormat.BinarySI ? QuantityFormat.DecimalSI : format);
    }

    // Amounts between -1024 and 1024 have no binary suffix to gain.
    private static bool IsSmall(DecimalAmount amount) => amount.ToInt64(0) is > -1024 and < 1024;

    private static string Binary(BigInteger number)
    {
        var exponent = 0;
        for (; exponent < QuantitySuffix.MaxBinaryExponent && (number & 1023).IsZero; number >>= 10)
        {
            exponent += 10;
        }

        return Join(number, new QuantitySuffix(QuantityFormat.BinarySI, exponent));
    }

    private static string Decimal(DecimalAmount reduced, QuantityFormat format)
    {
        // Suffixes exist for multiples of three only.
        var surplus = ((reduced.Scale % 3) + 3) % 3;
        var number = DecimalAmount.WholeAtScale(reduced, reduced.Scale - surplus);
        return Join(number, new QuantitySuffix(format, reduced.Scale - surplus));
    }

    private static string Join(BigInteger number, QuantitySuffix suffix) =>
        string.Concat(number.ToString(CultureInfo.InvariantCulture), suffix.ToString());
}
