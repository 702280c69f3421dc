using System.Text.Json;

namespace Petrel.Api.Tests.Values;

public sealed class RawJsonTests
{
    [Theory]
    [InlineData("""{ "b" : [ 1 , 2.0e0, { } , [ ] ], "a\u0020" : "x y", "c":null }""", """{"b":[1,2.0e0,{},[]],"a\u0020":"x y","c":null}""")]
    [InlineData(" true ", "true")]
    [InlineData("\"\"", "\"\"")]
    public void Drops_the_blanks_between_tokens_only(string json, string compact) => Assert.Equal(compact, RawJson.Parse(json).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("1 2")]
    public void Refuses_what_is_not_one_value(string json) => Assert.ThrowsAny<JsonException>(() => RawJson.Parse(json));

    [Fact]
    public void Is_equal_by_its_bytes()
    {
        Assert.Equal(RawJson.Parse("{ }"), RawJson.EmptyObject);
        Assert.NotEqual(RawJson.Parse("1.0"), RawJson.Parse("1"));
        Assert.True(RawJson.Parse("null").IsNull);
    }
}
