using Petrel.Api.FieldManagement;

namespace Petrel.Api.Tests.FieldManagement;

public sealed class FieldSetTests
{
    private const string Pod = """{"f:metadata":{"f:labels":{".":{},"f:a":{}}},"f:spec":{"f:containers":{"k:{\"name\":\"x\"}":{".":{},"f:image":{}}}}}""";

    [Theory]
    [InlineData("{}")]
    [InlineData(Pod)]
    [InlineData("""{"f:metadata":{"f:finalizers":{"v:\"e.io/a\"":{}}},"f:x":{"i:3":{}}}""")]
    public void Is_written_as_it_was_read(string json) => Assert.Equal(json, Parse(json).ToString());

    [Theory]
    [InlineData("""{"k:{\"b\": 1, \"a\":\"x\"}":{}}""", """{"k:{\"a\":\"x\",\"b\":1}":{}}""")]
    [InlineData("""{"f:b":{},"f:a":{}}""", """{"f:a":{},"f:b":{}}""")]
    public void Equal_paths_have_one_spelling(string json, string written) => Assert.Equal(written, Parse(json).ToString());

    [Theory]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("""{"x:a":{}}""")]
    [InlineData("""{"f:a":1}""")]
    [InlineData("""{"k:{\"a\":":{}}""")]
    [InlineData("""{"k:[1,2]":{}}""")]
    public void What_is_no_field_set_is_refused(string json) => Assert.False(TryParse(json, out _));

    [Theory]
    [InlineData("""{"f:a":{},"f:b":{"f:c":{}}}""", """{"f:b":{".":{},"f:d":{}},"f:e":{}}""", """{"f:a":{},"f:b":{".":{},"f:c":{},"f:d":{}},"f:e":{}}""")]
    [InlineData("{}", Pod, Pod)]
    [InlineData(Pod, "{}", Pod)]
    public void Union(string left, string right, string expected) => Assert.Equal(expected, Parse(left).Union(Parse(right)).ToString());

    [Theory]
    [InlineData("""{"f:a":{},"f:b":{".":{},"f:c":{}}}""", """{"f:b":{"f:c":{}}}""", """{"f:a":{},"f:b":{}}""")]
    [InlineData("""{"f:b":{".":{},"f:c":{}}}""", """{"f:b":{}}""", """{"f:b":{"f:c":{}}}""")]
    [InlineData(Pod, Pod, "{}")]
    public void Difference(string left, string right, string expected) => Assert.Equal(expected, Parse(left).Difference(Parse(right)).ToString());

    [Theory]
    [InlineData("""{"f:b":{".":{},"f:c":{}},"f:d":{}}""", """{"f:b":{}}""", """{"f:d":{}}""")]
    [InlineData("""{"f:b":{".":{},"f:c":{}}}""", """{"f:b":{"f:c":{}}}""", """{"f:b":{}}""")]
    public void Recursive_difference_takes_what_is_below(string left, string right, string expected) =>
        Assert.Equal(expected, Parse(left).RecursiveDifference(Parse(right)).ToString());

    [Theory]
    [InlineData("""{"f:a":{},"f:b":{".":{},"f:c":{}}}""", """{"f:b":{"f:c":{},"f:d":{}},"f:a":{"f:x":{}}}""", """{"f:b":{"f:c":{}}}""")]
    [InlineData(Pod, "{}", "{}")]
    public void Intersection(string left, string right, string expected) => Assert.Equal(expected, Parse(left).Intersect(Parse(right)).ToString());

    [Fact]
    public void Equal_sets_are_equal()
    {
        Assert.Equal(Parse(Pod), Parse(Pod));
        Assert.Equal(Parse(Pod).GetHashCode(), Parse(Pod).GetHashCode());
        Assert.NotEqual(Parse(Pod), FieldSet.Empty);
        Assert.Equal(Parse("""{"f:status":{},"f:metadata":{"f:labels":{}}}"""), FieldSet.Of(["status"], ["metadata", "labels"]));
    }

    private static FieldSet Parse(string json)
    {
        Assert.True(TryParse(json, out var set));
        return set;
    }

    private static bool TryParse(string json, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out FieldSet? set) =>
        FieldSet.TryParse(RawJson.FromCompact(System.Text.Encoding.UTF8.GetBytes(json)), out set);
}
