using System.Text;
using Petrel.Api.ApiExtensions;
using Petrel.Api.ApiExtensions.Rules;
using Petrel.Api.Json;
using Petrel.Api.Validation;

namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Evaluation of rules about objects: what is told where, about what changed and what did not.</summary>
public class RuleSetTests
{
    [Theory]
    [InlineData("""{"rule":"self.a > 5"}""", """{"a":1}""", "spec: Invalid value: \"object\": failed rule: self.a > 5")]
    [InlineData("""{"rule":"self.a > 5"}""", """{"a":7}""", "")]
    [InlineData("""{"rule":"self.a > 5"}""", "{}", "spec: Invalid value: \"object\": no such key: a evaluating rule: self.a > 5")]
    [InlineData("""{"rule":"self.a > 5","message":"m","fieldPath":".a","reason":"FieldValueForbidden"}""", """{"a":1}""", "spec.a: Forbidden: m")]
    [InlineData("""{"rule":"self.a > 5","message":"m","reason":"FieldValueDuplicate"}""", """{"a":1}""", "spec: Duplicate value: \"object\"")]
    [InlineData("""{"rule":"self.a > 5","messageExpression":"'got %d'.format([self.a])"}""", """{"a":1}""", "spec: Invalid value: \"object\": got 1")]
    [InlineData("""{"rule":"self.a > 5","message":"m","messageExpression":"' '"}""", """{"a":1}""", "spec: Invalid value: \"object\": m")]
    [InlineData("""{"rule":"self.m['k'] == 1","fieldPath":".m['k.e/y']"}""", """{"m":{"k":2}}""", "spec.m[k.e/y]: Invalid value: \"object\": failed rule: self.m['k'] == 1")]
    [InlineData("""{"rule":"self.x__dash__y == self.__namespace__"}""", """{"x-y":"1","namespace":"2"}""", "spec: Invalid value: \"object\": failed rule: self.x__dash__y == self.__namespace__")]
    [InlineData("""{"rule":"self.t > timestamp('2020-01-01T00:00:00Z') && self.d.getFullYear() == 2021 && self.u < duration('1h') && self.b == b'hello'"}""", """{"t":"2021-01-01T00:00:00Z","d":"2021-05-05","u":"5m","b":"aGVsbG8="}""", "")]
    [InlineData("""{"rule":"self.set + ['z', 'a'] == ['a', 'z', 'b']"}""", """{"set":["a","b"]}""", "")]
    [InlineData("""{"rule":"type(self.p) == int ? self.p >= 1 : self.p.endsWith('%')"}""", """{"p":"5"}""", "spec: Invalid value: \"object\": failed rule: type(self.p) == int ? self.p >= 1 : self.p.endsWith('%')")]
    public void Rules_tell_what_does_not_hold(string rule, string spec, string expected) => Assert.Equal(expected, Run(Spec(rule), Wrap(spec), null, out _));

    [Fact]
    public void Rules_of_the_root_see_names_and_kind_only()
    {
        const string Schema = """{"type":"object","x-kubernetes-validations":[{"rule":"self.metadata.name.startsWith('w') && self.kind == 'Widget'"}]}""";

        Assert.Equal("", Run(Schema, """{"kind":"Widget","metadata":{"name":"w"}}""", null, out _));
        Assert.StartsWith("<nil>: Invalid value: \"object\": failed rule: self.metadata", Run(Schema, """{"kind":"Widget","metadata":{"name":"x"}}""", null, out _));
    }

    [Fact]
    public void What_an_update_leaves_alone_is_forgiven_with_a_warning()
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"string","x-kubernetes-validations":[{"rule":"self != 'bad'","message":"no bad"}]},"b":{"type":"string"}}}""";

        Assert.Equal("a: Invalid value: \"string\": no bad", Run(Schema, """{"a":"bad"}""", null, out _));
        Assert.Equal("", Run(Schema, """{"a":"bad","b":"2"}""", """{"a":"bad","b":"1"}""", out var warnings));
        Assert.Equal(["a: Invalid value: \"string\": no bad"], warnings);
        Assert.Equal("a: Invalid value: \"string\": no bad", Run(Schema, """{"a":"bad"}""", """{"a":"fine"}""", out _));
    }

    [Fact]
    public void Items_with_keys_are_compared_with_themselves()
    {
        const string Schema = """
            {"type":"object","properties":{"l":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"items":{"type":"object",
            "properties":{"k":{"type":"string"},"v":{"type":"integer","x-kubernetes-validations":[{"rule":"self >= oldSelf","message":"must not shrink"}]}}}}}}
            """;
        const string Old = """{"l":[{"k":"a","v":1},{"k":"b","v":2}]}""";

        Assert.Equal("", Run(Schema, """{"l":[{"k":"b","v":3},{"k":"c","v":0}]}""", Old, out _));
        Assert.Equal("l[0].v: Invalid value: \"integer\": must not shrink", Run(Schema, """{"l":[{"k":"b","v":1}]}""", Old, out _));
    }

    [Fact]
    public void Optional_old_values_are_there_on_creation_as_nothing()
    {
        const string Schema = """{"type":"object","properties":{"a":{"type":"integer","x-kubernetes-validations":[{"rule":"oldSelf.hasValue() ? self >= oldSelf.value() : self == 0","optionalOldSelf":true,"message":"m"}]}}}""";

        Assert.Equal("a: Invalid value: \"integer\": m", Run(Schema, """{"a":3}""", null, out _));
        Assert.Equal("", Run(Schema, """{"a":5}""", """{"a":0}""", out _));
        Assert.Equal("a: Invalid value: \"integer\": m", Run(Schema, """{"a":4}""", """{"a":5}""", out _));
    }

    [Fact]
    public void Rules_that_cost_too_much_end_the_run()
    {
        const string Schema = """{"type":"object","properties":{"l":{"type":"array","items":{"type":"integer"},"x-kubernetes-validations":[{"rule":"self.all(x, self.all(y, self.all(z, x + y + z >= 0)))"},{"rule":"false"}]}}}""";
        var list = "[" + string.Join(',', Enumerable.Repeat("1", 200)) + "]";

        Assert.Equal(
            "l: Invalid value: \"array\": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule: self.all(x, self.all(y, self.all(z, x + y + z >= 0)))",
            Run(Schema, "{\"l\":" + list + "}", null, out _));
    }

    private static string Spec(string rule) => """
        {"type":"object","properties":{"spec":{"type":"object","x-kubernetes-validations":[@],"properties":{"a":{"type":"integer"},"m":{"type":"object","additionalProperties":{"type":"integer"}},
        "x-y":{"type":"string"},"namespace":{"type":"string"},"t":{"type":"string","format":"date-time"},"d":{"type":"string","format":"date"},"u":{"type":"string","format":"duration"},
        "b":{"type":"string","format":"byte"},"set":{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string"}},"p":{"x-kubernetes-int-or-string":true}}}}}
        """.Replace("@", rule, StringComparison.Ordinal);

    private static string Wrap(string spec) => "{\"spec\":" + spec + "}";

    private static string Run(string schema, string value, string? old, out IReadOnlyList<string> warnings)
    {
        var decoded = JsonDecoder.Decode<JSONSchemaProps>(Encoding.UTF8.GetBytes(schema), new DecodeProblems());
        var errors = new FieldErrors();
        var run = new RuleRun(errors);
        RuleSet.Compile(decoded, isResourceRoot: true)!.Validate(JsonTree.Parse(value), old is null ? null : JsonTree.Parse(old), FieldPath.Root, run);
        warnings = run.Warnings;
        return string.Join('\n', errors.Errors);
    }
}
