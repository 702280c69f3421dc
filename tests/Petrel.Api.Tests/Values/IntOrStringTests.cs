namespace Petrel.Api.Tests.Values;

public sealed class IntOrStringTests
{
    [Theory]
    [InlineData("25%", 10, true, 3)]
    [InlineData("25%", 10, false, 2)]
    [InlineData("07%", 100, false, 7)]
    [InlineData("0%", 7, true, 0)]
    [InlineData("150%", 2, true, 3)]
    public void A_percentage_is_rounded_as_asked(string text, int total, bool roundUp, int expected)
    {
        Assert.True(new IntOrString(text).TryScale(total, roundUp, out var value));
        Assert.Equal(expected, value);
    }

    [Theory]
    [InlineData("")]
    [InlineData("5")]
    [InlineData("x%")]
    [InlineData("%")]
    public void A_string_that_is_no_percentage_has_no_share(string text) => Assert.False(new IntOrString(text).TryScale(10, true, out _));

    [Fact]
    public void A_number_is_its_own_share()
    {
        Assert.True(new IntOrString(4).TryScale(2, true, out var value));
        Assert.Equal(4, value);
    }

    [Fact]
    public void A_number_and_its_spelling_differ()
    {
        Assert.NotEqual<IntOrString>(80, "80");
        Assert.Equal(80, new IntOrString("80").ToInt32());
        Assert.Equal("80", new IntOrString(80).ToString());
        Assert.Equal(default, new IntOrString(0));
    }
}
