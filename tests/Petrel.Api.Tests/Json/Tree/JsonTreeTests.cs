using Petrel.Api.Json;

namespace Petrel.Api.Tests.Json.Tree;

public sealed class JsonTreeTests
{
    [Theory]
    [InlineData("""{ "b" : [1, -2.5, "x", true, false, null, {}, []], "a": {"c": ""} }""", """{"b":[1,-2.5,"x",true,false,null,{},[]],"a":{"c":""}}""")]
    [InlineData("\"\\u00e4\\n\\/\\ud83d\\ude00\"", "\"ä\\n/😀\"")]
    [InlineData("\"<a & b>\\u2028\\u0001\"", "\"\\u003ca \\u0026 b\\u003e\\u2028\\u0001\"")]
    public void Is_written_as_it_was_read(string json, string written) => Assert.Equal(written, JsonTree.Parse(json).ToString());

    [Theory]
    [InlineData("1.0", "1")]
    [InlineData("1e3", "1000")]
    [InlineData("0.1", "0.1")]
    [InlineData("1.5e300", "1.5e+300")]
    [InlineData("1e21", "1e+21")]
    [InlineData("123456789012345678901", "123456789012345680000")]
    [InlineData("9223372036854775807", "9223372036854775807")]
    [InlineData("1e-6", "0.000001")]
    [InlineData("1.5e-7", "1.5e-7")]
    [InlineData("1e-10", "1e-10")]
    [InlineData("-0.0", "-0")]
    [InlineData("0.30000000000000004", "0.30000000000000004")]
    [InlineData("1234567890123456.5", "1234567890123456.5")]
    [InlineData("-12.25", "-12.25")]
    public void Numbers_are_written_with_the_fewest_digits(string json, string written) => Assert.Equal(written, JsonTree.Parse(json).ToString());

    [Theory]
    [InlineData("", "unexpected end of JSON input")]
    [InlineData("  ", "unexpected end of JSON input")]
    [InlineData("{\"a\":", "unexpected end of JSON input")]
    [InlineData("xyz", "invalid character 'x' looking for beginning of value")]
    [InlineData("{a:1}", "invalid character 'a' looking for beginning of object key string")]
    [InlineData("{\"a\":1,}", "invalid character '}' looking for beginning of object key string")]
    [InlineData("{\"a\" 1}", "invalid character '1' after object key")]
    [InlineData("{\"a\":1 2}", "invalid character '2' after object key:value pair")]
    [InlineData("[1 2]", "invalid character '2' after array element")]
    [InlineData("1 2", "invalid character '2' after top-level value")]
    [InlineData("01", "invalid character '1' after top-level value")]
    [InlineData("tru]", "invalid character ']' in literal true (expecting 'e')")]
    [InlineData("\"a\nb\"", "invalid character '\\n' in string literal")]
    [InlineData("\"\\x\"", "invalid character 'x' in string escape code")]
    [InlineData("\"\\u12g4\"", "invalid character 'g' in \\u hexadecimal character escape")]
    [InlineData("-x", "invalid character 'x' in numeric literal")]
    [InlineData("1.x", "invalid character 'x' after decimal point in numeric literal")]
    [InlineData("1ex", "invalid character 'x' in exponent of numeric literal")]
    [InlineData("{'a':1}", "invalid character '\\'' looking for beginning of object key string")]
    public void Errors_name_the_character_and_where_it_stands(string json, string error)
    {
        Assert.False(JsonTree.TryParse(System.Text.Encoding.UTF8.GetBytes(json), out _, out var actual));
        Assert.Equal(error, actual);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        static byte[] Nested(int depth) => System.Text.Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.True(JsonTree.TryParse(Nested(JsonTree.MaxDepth), out _, out _));
        Assert.False(JsonTree.TryParse(Nested(JsonTree.MaxDepth + 1), out _, out var error));
        Assert.Equal("exceeded max depth", error);
    }

    [Fact]
    public void Names_given_twice_are_reported_and_the_last_counts()
    {
        var duplicates = new List<string>();
        Assert.True(JsonTree.TryParse("""{"a":1,"b":[{"c":1},{"c":1,"c":2}],"a":3}"""u8, duplicates, out var tree, out _));
        Assert.Equal(["b[1].c", "a"], duplicates);
        Assert.Equal("""{"a":3,"b":[{"c":1},{"c":2}]}""", tree.ToString());
    }

    [Fact]
    public void Order_of_names_does_not_count()
    {
        var (one, other) = (JsonTree.Parse("""{"a":1,"b":{"c":[1]}}"""), JsonTree.Parse("""{"b":{"c":[1]},"a":1}"""));
        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, JsonTree.Parse("""{"b":{"c":[2]},"a":1}"""));
        Assert.NotEqual(JsonTree.Parse("[1,2]"), JsonTree.Parse("[2,1]"));
        Assert.NotEqual(JsonTree.Parse("1"), JsonTree.Parse("1.0"));
    }

    [Fact]
    public void A_change_is_a_copy()
    {
        var map = JsonMap.Create(("a", 1), ("b", 2));
        Assert.Equal("""{"a":1,"b":3}""", map.With("b", 3).ToString());
        Assert.Equal("""{"a":1,"b":2,"c":3}""", map.With("c", 3).ToString());
        Assert.Equal("""{"b":2}""", map.Without("a").ToString());
        Assert.Same(map, map.Without("x"));
        JsonList list = [1, 2];
        Assert.Equal("[1,9,2]", list.Insert(1, 9).ToString());
        Assert.Equal("[9,2]", list.SetItem(0, 9).ToString());
        Assert.Equal("[1]", list.RemoveAt(1).ToString());
        Assert.Equal("""{"a":1,"b":2}""", map.ToString());
    }

    [Fact]
    public void Large_objects_find_their_names()
    {
        var json = "{" + string.Join(',', Enumerable.Range(0, 200).Select(static i => $"\"k{i}\":{i}")) + ",\"k7\":-7}";
        var map = (JsonMap)JsonTree.Parse(json);
        Assert.Equal(200, map.Count);
        Assert.Equal(new JsonNumber(-7), map["k7"]);
        Assert.Equal(new JsonNumber(199), map["k199"]);
        Assert.Null(map.Find("k200"));
    }
}
