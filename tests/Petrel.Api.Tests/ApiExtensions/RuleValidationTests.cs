namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Rules for expressions in schemas: they compile, they are cheap enough, and what they compare can be told apart.</summary>
public class RuleValidationTests
{
    private const string Rule = Definitions.SchemaPath + ".properties[f].x-kubernetes-validations[0]";

    [Theory]
    [InlineData("""{"rule":""}""", "@.rule: Required value: rule is not specified")]
    [InlineData("""{"rule":"true","message":"two\nlines"}""", "@.message: Invalid value: \"two\\nlines\": message must not contain line breaks")]
    [InlineData("""{"rule":"true","message":" "}""", "@.message: Invalid value: \" \": message must be non-empty if specified")]
    [InlineData("""{"rule":"true ||\nfalse"}""", "@.message: Required value: message must be specified if rule contains line breaks")]
    [InlineData("""{"rule":"true","messageExpression":" "}""", "@.messageExpression: Required value: messageExpression must be non-empty if specified")]
    [InlineData("""{"rule":"true","reason":"Nope"}""", "@.reason: Unsupported value: \"Nope\": supported values: \"FieldValueDuplicate\", \"FieldValueForbidden\", \"FieldValueInvalid\", \"FieldValueRequired\"")]
    [InlineData("""{"rule":"true","fieldPath":".a"}""", "@.fieldPath: Invalid value: \".a\": fieldPath must be a valid path")]
    [InlineData("""{"rule":"true","optionalOldSelf":true}""", "@.optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule")]
    [InlineData("""{"rule":"self == oldSelf"}""", "")]
    [InlineData("""{"rule":"oldSelf.orValue('') != self","optionalOldSelf":true}""", "")]
    public void Rules_are_told_apart_from_blanks(string rule, string expected) => Check("""{"type":"string","maxLength":10,"x-kubernetes-validations":[@]}""", rule, expected);

    [Theory]
    [InlineData("self.size()", "cel expression must evaluate to a bool")]
    [InlineData("nosuch == 1", "compilation failed: ERROR: <input>:1:1: undeclared reference to 'nosuch' (in container '')\n | nosuch == 1\n | ^")]
    public void Rules_compile_to_conditions(string rule, string expected) =>
        Check(
            """{"type":"string","maxLength":10,"x-kubernetes-validations":[@]}""",
            "{\"rule\":\"" + rule + "\"}",
            "@.rule: Invalid value: apiextensions.ValidationRule{Rule:\"" + rule + "\", Message:\"\", MessageExpression:\"\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}: " + expected);

    [Fact]
    public void Messages_compile_to_text() =>
        Check(
            """{"type":"string","maxLength":10,"x-kubernetes-validations":[@]}""",
            """{"rule":"true","messageExpression":"42"}""",
            "@.messageExpression: Invalid value: apiextensions.ValidationRule{Rule:\"true\", Message:\"\", MessageExpression:\"42\", Reason:(*apiextensions.FieldValueErrorReason)(nil), FieldPath:\"\", OptionalOldSelf:(*bool)(nil)}: messageExpression must evaluate to a string");

    [Fact]
    public void Rules_without_limits_on_what_they_look_at_are_too_expensive() =>
        Check(
            """{"type":"array","items":{"type":"array","items":{"type":"string"}},"x-kubernetes-validations":[@]}""",
            """{"rule":"self.all(x, x.all(y, y.contains('a')))"}""",
            "@.rule: Forbidden: estimated rule cost exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)\n"
            + "@.rule: Forbidden: contributed to estimated rule cost total exceeding cost limit for entire OpenAPIv3 schema\n"
            + Definitions.SchemaPath + ": Forbidden: x-kubernetes-validations estimated rule cost total for entire OpenAPIv3 schema exceeds budget by factor of more than 100x (try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)");

    [Fact]
    public void Limits_make_rules_cheap_enough() =>
        Check("""{"type":"array","maxItems":10,"items":{"type":"array","maxItems":10,"items":{"type":"string","maxLength":10}},"x-kubernetes-validations":[@]}""", """{"rule":"self.all(x, x.all(y, y.contains('a')))"}""", "");

    [Theory]
    [InlineData("""{"type":"array","maxItems":5,"items":{"type":"integer","x-kubernetes-validations":[@]}}""", Definitions.SchemaPath + ".properties[f]")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"atomic","properties":{"a":{"type":"integer","x-kubernetes-validations":[@]}}}""", Definitions.SchemaPath + ".properties[f]")]
    public void Changes_are_compared_only_where_values_can_be_told_apart(string schema, string within)
    {
        var problems = Definitions.Problems(Definitions.WithField(schema.Replace("@", """{"rule":"self >= oldSelf"}""", StringComparison.Ordinal)));

        Assert.EndsWith("Invalid value: \"self >= oldSelf\": oldSelf cannot be used on the uncorrelatable portion of the schema within " + within, problems);
    }

    private static void Check(string schema, string rule, string expected) =>
        Assert.Equal(expected.Replace("@", Rule, StringComparison.Ordinal), Definitions.Problems(Definitions.WithField(schema.Replace("@", rule, StringComparison.Ordinal))));
}
