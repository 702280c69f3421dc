using System.Text;

namespace Petrel.Api.Yaml;

/// <summary>The order in which YAML mappings are printed: numbers within names by their amount, letters behind everything else.</summary>
internal static class NaturalOrder
{
    public static int Compare(string left, string right)
    {
        var (a, b) = (left.EnumerateRunes().ToArray(), right.EnumerateRunes().ToArray());
        var common = Math.Min(a.Length, b.Length);
        var i = 0;
        while (i < common && a[i] == b[i])
        {
            i++;
        }

        if (i == common)
        {
            return a.Length.CompareTo(b.Length);
        }

        var (leftLetter, rightLetter) = (Rune.IsLetter(a[i]), Rune.IsLetter(b[i]));
        if (leftLetter || rightLetter)
        {
            return leftLetter && rightLetter ? a[i].CompareTo(b[i]) : leftLetter ? 1 : -1;
        }

        // A zero in the middle of a number is a digit like any other; at its beginning it does not count.
        var inNumber = (a[i].Value == '0' || b[i].Value == '0') && FollowsNonZeroDigit(a, i);
        var (leftNumber, leftEnd) = Number(a, i, inNumber);
        var (rightNumber, rightEnd) = Number(b, i, inNumber);
        if (leftNumber != rightNumber)
        {
            return leftNumber.CompareTo(rightNumber);
        }

        return leftEnd != rightEnd ? leftEnd.CompareTo(rightEnd) : a[i].CompareTo(b[i]);
    }

    private static bool FollowsNonZeroDigit(Rune[] text, int index)
    {
        for (var i = index - 1; i >= 0 && Rune.IsDigit(text[i]); i--)
        {
            if (text[i].Value != '0')
            {
                return true;
            }
        }

        return false;
    }

    // Amounts wrap around: very long digits only need some fixed order.
    private static (long Amount, int End) Number(Rune[] text, int start, bool inNumber)
    {
        var amount = inNumber ? 1L : 0L;
        var end = start;
        for (; end < text.Length && Rune.IsDigit(text[end]); end++)
        {
            amount = unchecked((amount * 10) + (text[end].Value - '0'));
        }

        return (amount, end);
    }
}
