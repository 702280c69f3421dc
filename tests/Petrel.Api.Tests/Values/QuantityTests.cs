namespace Petrel.Api.Tests.Values;

public sealed class QuantityTests
{
    private const string FormatError = "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'";
    private const string SuffixError = "unable to parse quantity's suffix";

    [Theory]
    [InlineData("1024Mi", "1Gi")]
    [InlineData("1.0", "1")]
    [InlineData(".5Gi", "512Mi")]
    [InlineData("1.25Gi", "1280Mi")]
    [InlineData("0.5Ki", "512")]
    [InlineData("2000Mi", "2000Mi")]
    [InlineData("1000Ki", "1000Ki")]
    [InlineData("1000000", "1M")]
    [InlineData("1000", "1k")]
    [InlineData("1000m", "1")]
    [InlineData("1500m", "1500m")]
    [InlineData("1.5", "1500m")]
    [InlineData("0.1", "100m")]
    [InlineData("1e-1", "100e-3")]
    [InlineData("1e9", "1e9")]
    [InlineData("12E", "12E")]
    [InlineData("1Ei", "1Ei")]
    [InlineData("100u", "100u")]
    [InlineData("1n", "1n")]
    [InlineData("0.1n", "1n")]
    [InlineData("-0.1n", "-1n")]
    [InlineData("0", "0")]
    [InlineData("00", "0")]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("0Ki", "0")]
    [InlineData("9Ei", "9223372036854775807")]
    [InlineData("-9Ei", "-9223372036854775807")]
    [InlineData("12345678901234567890", "12345678901234567890")]
    [InlineData("100000000000000000000", "100E")]
    [InlineData("1000E", "1e21")]
    [InlineData("1.5Ki", "1536")]
    [InlineData("1024", "1024")]
    public void Is_written_in_canonical_form(string text, string written) => Assert.Equal(written, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("+1Gi")]
    [InlineData("01")]
    [InlineData("1.")]
    [InlineData("1e+3")]
    [InlineData("5e0")]
    [InlineData("1E3")]
    [InlineData("1073741824")]
    public void Some_spellings_stay_as_written(string text) => Assert.Equal(text, Quantity.Parse(text).ToString());

    [Theory]
    [InlineData("", FormatError)]
    [InlineData("1.5Zz", FormatError)]
    [InlineData("1.2.3", FormatError)]
    [InlineData("abc", FormatError)]
    [InlineData("1 Gi", FormatError)]
    [InlineData(" 1", FormatError)]
    [InlineData("1ki", SuffixError)]
    [InlineData("1mm", SuffixError)]
    [InlineData("1e", SuffixError)]
    [InlineData("1e99999999999", SuffixError)]
    public void Text_that_is_no_quantity_is_refused(string text, string expected)
    {
        Assert.False(Quantity.TryParse(text, out _, out var error));
        Assert.Equal(expected, error);
    }

    [Theory]
    [InlineData("1Gi", 1L << 30, (1L << 30) * 1000)]
    [InlineData("1500m", 2, 1500)]
    [InlineData("-1500m", -2, -1500)]
    [InlineData("1n", 1, 1)]
    [InlineData("100E", long.MaxValue, long.MaxValue)]
    [InlineData("-100E", long.MinValue, long.MinValue)]
    [InlineData("1e4000", long.MaxValue, long.MaxValue)]
    [InlineData("0", 0, 0)]
    public void Whole_values_round_away_from_zero(string text, long value, long milli)
    {
        Assert.Equal(value, Quantity.Parse(text).Value);
        Assert.Equal(milli, Quantity.Parse(text).MilliValue);
    }

    [Theory]
    [InlineData("1", "500m", "1500m", "500m")]
    [InlineData("1Gi", "1Mi", "1025Mi", "1023Mi")]
    [InlineData("0", "1Gi", "1Gi", "-1Gi")]
    [InlineData("1Gi", "1", "1073741825", "1073741823")]
    [InlineData("9223372036854775807", "1", "9223372036854775808", "9223372036854775806")]
    public void Sums_and_differences_are_exact(string left, string right, string sum, string difference)
    {
        Assert.Equal(sum, (Quantity.Parse(left) + Quantity.Parse(right)).ToString());
        Assert.Equal(difference, (Quantity.Parse(left) - Quantity.Parse(right)).ToString());
    }

    [Theory]
    [InlineData("1", "1000m", 0)]
    [InlineData("1Gi", "1G", 1)]
    [InlineData("-1", "1n", -1)]
    [InlineData("1e30", "1e31", -1)]
    [InlineData("0", "0Ki", 0)]
    public void Amounts_compare_whatever_their_spelling(string left, string right, int order)
    {
        var (a, b) = (Quantity.Parse(left), Quantity.Parse(right));
        Assert.Equal(order, a.CompareTo(b));
        Assert.Equal(order == 0, a == b);
        if (order == 0)
        {
            Assert.Equal(a.GetHashCode(), b.GetHashCode());
        }
    }

    [Fact]
    public void Rounding_up_keeps_the_spelling_unless_digits_are_lost()
    {
        Assert.Equal("1m", Quantity.Parse("0.0001").RoundUp(-3).ToString());
        Assert.Equal("1m", Quantity.Parse("100u").RoundUp(-3).ToString());
        Assert.Equal("+1Gi", Quantity.Parse("+1Gi").RoundUp(-3).ToString());
    }

    [Fact]
    public void The_default_is_zero()
    {
        Assert.True(default(Quantity).IsZero);
        Assert.Equal("0", default(Quantity).ToString());
        Assert.Equal(Quantity.Parse("0"), default);
    }

    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("1Ki", 1024)]
    [InlineData("1e-3", 0.001)]
    public void Converts_to_the_nearest_double(string text, double expected) => Assert.Equal(expected, Quantity.Parse(text).ToDouble());

    [Theory]
    [InlineData("1", true)]
    [InlineData("1k", true)]
    [InlineData("1.0", true)]
    [InlineData("1500m", false)]
    [InlineData("100E", false)]
    public void Knows_whether_it_is_a_long(string text, bool expected) => Assert.Equal(expected, Quantity.Parse(text).IsInt64);
}
