using System.Text;
using Petrel.Api.Yaml;

namespace Petrel.Api.Tests.Yaml;

public sealed class YamlToJsonTests
{
    [Theory]
    [InlineData("a: yes\nb: No\nc: on\nd: OFF\ne: y\nf: true", """{"a":true,"b":false,"c":true,"d":false,"e":true,"f":true}""")]
    [InlineData("n: 1\nyes: 2", """{"false":1,"true":2}""")]
    [InlineData("[012, 0o14, 0x1F, 1_000, 0b11, -0x10, +5, 09]", "[10,12,31,1000,3,-16,5,9]")]
    [InlineData("[1.5, .5, 1e3, 1., -2.5e-3, 1_0.5]", "[1.5,0.5,1000,1,-0.0025,10.5]")]
    [InlineData("[~, null, Null, '', \"\"]", """[null,null,null,"",""]""")]
    [InlineData("[1:30, 2024-01-02, 2024-01-02T03:04:05Z, 1.2.3, 08:00, 12e, 0x, +, '-', .]", """["1:30","2024-01-02","2024-01-02T03:04:05Z","1.2.3","08:00","12e","0x","+","-","."]""")]
    [InlineData("[9223372036854775807, -9223372036854775808, 9223372036854775808, 99999999999999999999]", "[9223372036854775807,-9223372036854775808,9223372036854776000,100000000000000000000]")]
    [InlineData("['1', \"true\", !!str 1, !!int '7', !!float 2, !!binary aGk=, !custom x]", """["1","true","1",7,2,"hi","x"]""")]
    [InlineData("1: a\n2.5: b\n-3: c", """{"-3":"c","1":"a","2.5":"b"}""")]
    [InlineData("b: 1\na: 2\n", """{"a":2,"b":1}""")]
    [InlineData("", "null")]
    [InlineData("# nothing\n", "null")]
    [InlineData("---\n...\n", "null")]
    [InlineData("a: 1\n---\nb: 2\n", """{"a":1}""")]
    [InlineData("a: 1\n---\nb: [\n", """{"a":1}""")]
    [InlineData("{\"a\": {\"b\": [1, \"x\"]}}", """{"a":{"b":[1,"x"]}}""")]
    [InlineData("k: >\n  folded\n  text\nl: |\n  line1\n  line2\nm: |-\n  x\n", """{"k":"folded text\n","l":"line1\nline2\n","m":"x"}""")]
    [InlineData("a: &x {p: 1}\nb: *x\n", """{"a":{"p":1},"b":{"p":1}}""")]
    [InlineData("base: &b {p: 1, q: 2}\na:\n  <<: *b\n  r: 3\n", """{"a":{"p":1,"q":2,"r":3},"base":{"p":1,"q":2}}""")]
    [InlineData("a:\n  <<: [{p: 1}, {q: 2}]\n", """{"a":{"p":1,"q":2}}""")]
    [InlineData("a: \t1\nb: {\tc: 1,\n\td: 2}\n", """{"a":1,"b":{"c":1,"d":2}}""")]
    [InlineData("a: x\n'<<': z\n", """{"\u003c\u003c":"z","a":"x"}""")]
    [InlineData("? a\n: b\n", """{"a":"b"}""")]
    [InlineData("a: \"\\u00e4\\n\\x41\"", """{"a":"ä\nA"}""")]
    [InlineData("a:\n- x\n- w: 1\n  z:\n  - 2\n", """{"a":["x",{"w":1,"z":[2]}]}""")]
    [InlineData("a: http://x:80/y#z # comment\n", """{"a":"http://x:80/y#z"}""")]
    public void Reads_what_the_API_reads(string yaml, string json)
    {
        Assert.True(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out var actual, out var error, out var strictError), error);
        Assert.Equal(json, Encoding.UTF8.GetString(actual));
        Assert.Null(strictError);
    }

    [Theory]
    [InlineData("a: b: c\n", "yaml: mapping values are not allowed in this context")]
    [InlineData("x: 1\na: b: c\n", "yaml: line 2: mapping values are not allowed in this context")]
    [InlineData("\tx: 1\n", "yaml: found character that cannot start any token")]
    [InlineData("x:\n\ty: 1\n", "yaml: line 2: found character that cannot start any token")]
    [InlineData("a: 1\nb # c\n\nd: 2\n", "yaml: line 4: could not find expected ':'")]
    [InlineData("x: 1\ny: @z\n", "yaml: line 2: found character that cannot start any token")]
    [InlineData("a: [1, 2\n", "yaml: line 1: did not find expected ',' or ']'")]
    [InlineData("a: {b: 1\nc: 2\n", "yaml: line 1: did not find expected ',' or '}'")]
    [InlineData("a: 'x\n", "yaml: line 2: found unexpected end of stream")]
    [InlineData("a: 1\nb\n", "yaml: line 3: could not find expected ':'")]
    [InlineData("a:\n  b: 1\n c: 2\n", "yaml: line 2: did not find expected key")]
    [InlineData("a: \"\\z\"\n", "yaml: found unknown escape character")]
    [InlineData("a: *x\n", "yaml: unknown anchor 'x' referenced")]
    [InlineData("a: &x [*x]\n", "yaml: anchor 'x' value contains itself")]
    [InlineData("a: .nan\n", "json: unsupported value: NaN")]
    [InlineData("<<: 1\n", "yaml: map merge requires map or sequence of maps as the value")]
    [InlineData("a: !!int x\n", "yaml: cannot decode !!str `x` as a !!int")]
    [InlineData("a: \u0007\n", "yaml: control characters are not allowed")]
    public void Complaints_are_those_of_the_API(string yaml, string expected)
    {
        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out _, out var error, out _));
        Assert.Equal(expected, error);
    }

    [Fact]
    public void A_key_given_twice_counts_last_and_is_a_strict_error()
    {
        var yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: '1'\n  a: '2'\n  5: x\n  5: y\n"u8;
        Assert.True(YamlToJson.TryConvert(yaml, out var json, out _, out var strictError));
        Assert.Contains("\"a\":\"2\"", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal("yaml: unmarshal errors:\n  line 6: key \"a\" already set in map\n  line 8: key 5 already set in map", strictError);
    }

    [Theory]
    [InlineData("base: &b {p: 1, q: 2}\na:\n  <<: *b\n  q: 3\n", """{"a":{"p":1,"q":3},"base":{"p":1,"q":2}}""")]
    [InlineData("a:\n  <<: [{p: 1}, {p: 2, q: 2}]\n", """{"a":{"p":1,"q":2}}""")]
    public void What_is_merged_is_overridden_though_strictly_it_is_given_twice(string yaml, string json)
    {
        Assert.True(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out var actual, out _, out var strictError));
        Assert.Equal(json, Encoding.UTF8.GetString(actual));
        Assert.Contains("already set in map", strictError, StringComparison.Ordinal);
    }

    [Fact]
    public void Aliases_cannot_blow_a_document_up()
    {
        var yaml = new StringBuilder("a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n");
        for (var i = 1; i < 9; i++)
        {
            yaml.Append(System.Globalization.CultureInfo.InvariantCulture, $"a{i}: &a{i} [{string.Join(',', Enumerable.Repeat($"*a{i - 1}", 10))}]\n");
        }

        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml.ToString()), out _, out var error, out _));
        Assert.Equal("yaml: document contains excessive aliasing", error);
    }

    [Fact]
    public void Nesting_is_limited()
    {
        var yaml = new string('[', 5000) + new string(']', 5000);
        Assert.False(YamlToJson.TryConvert(Encoding.UTF8.GetBytes(yaml), out _, out var error, out _));
        Assert.Equal("yaml: exceeded max depth of 1000", error);
    }
}
