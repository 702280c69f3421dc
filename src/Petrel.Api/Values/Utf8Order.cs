namespace Petrel.Api;

/// <summary>Orders strings by their UTF-8 bytes, as the API prints maps. Differs from ordinal order only for characters outside the first plane.</summary>
public sealed class Utf8Order : IComparer<string>
{
    private Utf8Order()
    {
    }

    public static Utf8Order Comparer { get; } = new();

    int IComparer<string>.Compare(string? left, string? right) => Compare(left, right);

    public static int Compare(ReadOnlySpan<char> left, ReadOnlySpan<char> right)
    {
        var common = left.CommonPrefixLength(right);
        if (common == left.Length || common == right.Length)
        {
            return left.Length.CompareTo(right.Length);
        }

        return Rank(left[common]).CompareTo(Rank(right[common]));
    }

    // Surrogates stand for code points above all others, but their code units lie below U+E000.
    private static int Rank(char unit) => char.IsSurrogate(unit) ? unit + 0x10000 : unit;
}
