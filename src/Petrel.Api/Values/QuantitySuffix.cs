using System.Globalization;

namespace Petrel.Api;

/// <summary>What stands behind the number of a quantity: a power of ten or, for <see cref="QuantityFormat.BinarySI"/>, of two.</summary>
internal readonly record struct QuantitySuffix(QuantityFormat Format, int Exponent)
{
    private static readonly string[] Decimals = ["n", "u", "m", "", "k", "M", "G", "T", "P", "E"];
    private static readonly string[] Binaries = ["", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];

    /// <summary>The largest exponent of <see cref="QuantityFormat.BinarySI"/>: <c>Ei</c>.</summary>
    public const int MaxBinaryExponent = 60;

    public static bool TryParse(ReadOnlySpan<char> text, out QuantitySuffix suffix)
    {
        for (var i = 0; i < Decimals.Length; i++)
        {
            if (text.SequenceEqual(Decimals[i]))
            {
                suffix = new(QuantityFormat.DecimalSI, (i - 3) * 3);
                return true;
            }
        }

        for (var i = 1; i < Binaries.Length; i++)
        {
            if (text.SequenceEqual(Binaries[i]))
            {
                suffix = new(QuantityFormat.BinarySI, i * 10);
                return true;
            }
        }

        var isExponent = text.Length > 1 && text[0] is 'e' or 'E';
        var exponent = 0;
        isExponent = isExponent && int.TryParse(text[1..], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent);
        suffix = new(QuantityFormat.DecimalExponent, exponent);
        return isExponent;
    }

    /// <summary>The text; a power of ten without a letter of its own is written as exponent.</summary>
    public override string ToString() => Format switch
    {
        QuantityFormat.BinarySI => Binaries[Exponent / 10],
        QuantityFormat.DecimalSI when Exponent is >= -9 and <= 18 => Decimals[(Exponent / 3) + 3],
        _ => Exponent == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $"e{Exponent}"),
    };
}
