using System.Text;

namespace Petrel.Api.Tests.Values;

public sealed class BinaryTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("YQ==", "a")]
    [InlineData("YWI=", "ab")]
    [InlineData("YWJj", "abc")]
    [InlineData("Y\nW\r\nJj\n", "abc")]
    [InlineData("YQ=\n=\n", "a")]
    [InlineData("YR==", "a")]
    public void Reads_base64_with_line_breaks_and_left_over_bits(string base64, string expected)
    {
        Assert.True(Binary.TryFromBase64(Encoding.ASCII.GetBytes(base64), out var binary, out _));
        Assert.Equal(expected, binary.ToUtf8());
        Assert.False(binary.IsNil);
    }

    [Theory]
    [InlineData("!!!", 0)]
    [InlineData("YW J", 2)]
    [InlineData("Y", 0)]
    [InlineData("YWJjYQ", 4)]
    [InlineData("YQ=", 3)]
    [InlineData("YQ=x", 3)]
    [InlineData("YQ==YQ==", 4)]
    [InlineData("=", 0)]
    public void Names_the_byte_that_is_wrong(string base64, int offset)
    {
        Assert.False(Binary.TryFromBase64(Encoding.ASCII.GetBytes(base64), out _, out var error));
        Assert.Equal($"illegal base64 data at input byte {offset}", error);
    }

    [Fact]
    public void Equal_bytes_are_equal_values()
    {
        Assert.Equal(Binary.FromUtf8("x"), Binary.CopyFrom("x"u8));
        Assert.Equal(Binary.FromUtf8("x").GetHashCode(), Binary.CopyFrom("x"u8).GetHashCode());
        Assert.NotEqual(Binary.FromUtf8("x"), Binary.FromUtf8("y"));
        Assert.Equal("eA==", Binary.FromUtf8("x").ToBase64());
        Assert.True(default(Binary).IsNil);
    }

    [Fact]
    public void Does_not_print_its_content() => Assert.Equal("6 bytes", Binary.FromUtf8("secret").ToString());
}
