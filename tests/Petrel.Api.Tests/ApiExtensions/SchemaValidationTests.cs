namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Rules for schemas, in the words of a real server. F is the schema of a field.</summary>
public class SchemaValidationTests
{
    private const string Field = Definitions.SchemaPath + ".properties[f]";

    [Theory]
    [InlineData("""{"type":"string"}""", "@.type: Invalid value: \"string\": must be object at the root")]
    [InlineData("{}", "@.type: Required value: must not be empty at the root")]
    [InlineData("""{"type":"object","nullable":true}""", "@.nullable: Forbidden: nullable cannot be true at the root")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"string"}}""", "@.additionalProperties: Forbidden: must not be used at the root")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"labels":{"type":"object"}}}}}""", "@.properties[metadata]: Forbidden: must not specify anything other than name and generateName, but metadata is implicitly specified")]
    [InlineData("""{"type":"object","properties":{"metadata":{"type":"object","properties":{"name":{"type":"string","maxLength":3}}}}}""", "")]
    [InlineData("""{"type":"object","properties":{"apiVersion":{"type":"string","default":"x"}}}""", "@.properties[apiVersion].default: Forbidden: must not be set in top-level apiVersion")]
    [InlineData("""{"type":"object","properties":{"kind":{"type":"integer"}}}""", "@.properties[kind].type: Invalid value: \"integer\": must be string")]
    [InlineData("""{"type":"object","$schema":"x"}""", "@: Invalid value: \"\": OpenAPIV3Schema 'schema' is not supported")]
    [InlineData("""{"type":"object","properties":{"spec":{"type":"object"}},"anyOf":[{"properties":{"spec":{"properties":{"a":{"maxLength":1}}}}}]}""", "@.properties[spec].properties[a]: Required value: because it is defined in @.anyOf[0].properties[spec].properties[a]")]
    [InlineData("""{"type":"object","not":{"properties":{"x":{"maxLength":1}}}}""", "@.properties[x]: Required value: because it is defined in @.not.properties[x]")]
    [InlineData("""{"type":"object","properties":{"l":{"type":"array","items":{"type":"string"}}},"allOf":[{"properties":{"l":{"items":{"maxLength":1}}}}]}""", "")]
    public void Roots_are_objects_with_metadata(string schema, string expected) =>
        Assert.Equal(expected.Replace("@", Definitions.SchemaPath, StringComparison.Ordinal), Definitions.Problems(Definitions.WithSchema(schema)));

    [Theory]
    [InlineData("{}", "@.type: Required value: must not be empty for specified object fields")]
    [InlineData("""{"type":"array"}""", "@.items: Required value: must be specified")]
    [InlineData("""{"type":"array","items":{}}""", "@.items.type: Required value: must not be empty for specified array items")]
    [InlineData("""{"type":"frob"}""", "@.type: Unsupported value: \"frob\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\"")]
    [InlineData("""{"type":"string","anyOf":[{"type":"string"}]}""", "@.anyOf[0].type: Forbidden: must be empty to be structural")]
    [InlineData("""{"type":"object","not":{"properties":{"x":{"maxLength":1}}}}""", "")] // held only to narrowings of the root
    [InlineData("""{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}""", "")]
    [InlineData("""{"x-kubernetes-int-or-string":true,"allOf":[{"anyOf":[{"type":"integer"},{"type":"string"}]},{"pattern":"a"}]}""", "")]
    [InlineData("""{"type":"string","pattern":"a("}""", "@.pattern: Invalid value: \"a(\": must be a valid regular expression, but isn't: error parsing regexp: missing closing ): `a(`")]
    [InlineData("""{"type":"string","uniqueItems":true}""", "@.uniqueItems: Forbidden: uniqueItems cannot be set to true since the runtime complexity becomes quadratic")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"additionalProperties":false}""", "@.additionalProperties: Forbidden: additionalProperties and properties are mutual exclusive")]
    [InlineData("""{"type":"string","$ref":"x"}""", "@.$ref: Forbidden: $ref is not supported")]
    public void Schemas_are_structural(string schema, string expected) => Check(schema, expected);

    [Theory]
    [InlineData("""{"x-kubernetes-embedded-resource":true}""", "@.properties: Required value: must not be empty if x-kubernetes-embedded-resource is true without x-kubernetes-preserve-unknown-fields\n@.type: Required value: must be object if x-kubernetes-embedded-resource is true")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":false}""", "@.x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined")]
    [InlineData("""{"type":"object","x-kubernetes-map-type":"frob"}""", "@.x-kubernetes-map-type: Unsupported value: \"frob\": supported values: \"atomic\", \"granular\"")]
    [InlineData("""{"type":"string","x-kubernetes-map-type":"atomic"}""", "@.type: Invalid value: \"string\": must be object if x-kubernetes-map-type is specified")]
    [InlineData("""{"type":"array","items":{"type":"object"},"x-kubernetes-list-type":"set"}""", "@.items.x-kubernetes-map-type: Invalid value: \"null\": must be atomic as item of a list with x-kubernetes-list-type=set")]
    [InlineData("""{"type":"array","items":{"type":"string"},"x-kubernetes-list-type":"map"}""", "@.x-kubernetes-list-map-keys: Required value: must not be empty if x-kubernetes-list-type is map\n@.items.type: Invalid value: \"string\": must be object if parent array's x-kubernetes-list-type is map")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k","z"]}""", "@.x-kubernetes-list-map-keys: Invalid value: []string{\"k\", \"z\"}: entries must all be names of item properties\n@.items.properties[k].default: Required value: this property is in x-kubernetes-list-map-keys, so it must have a default or be a required property")]
    public void Extensions_fit_their_types(string schema, string expected) => Check(schema, expected);

    [Theory]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"default":{"b":1}}""", "@.default: Invalid value: map[string]interface {}{\"b\":1}: must not have unknown fields")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string"}},"default":{"a":"x"}}""", "")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"default":{"b":1}}""", "")]
    [InlineData("""{"type":"integer","default":1,"x-kubernetes-validations":[{"rule":"self > 1"}]}""", "@.default: Invalid value: \"integer\": failed rule: self > 1")]
    [InlineData("""{"type":"string","default":1}""", "@.default: Invalid value: \"integer\":  in body must be of type string: \"integer\"")]
    [InlineData("""{"type":"string","maxLength":1,"default":"ab"}""", "@.default: Too long: may not be more than 1 bytes")]
    [InlineData("""{"type":"object","required":["b"],"properties":{"a":{"type":"integer","minimum":3},"b":{"type":"string"}},"default":{"a":1}}""", "@.default.a: Invalid value: 1: a in body should be greater than or equal to 3\n@.default.b: Required value")]
    [InlineData("""{"type":"object","properties":{"a":{"type":"string","default":2}}}""", "@.properties[a].default: Invalid value: \"integer\":  in body must be of type string: \"integer\"")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true,"default":{"apiVersion":"v1"}}""", "@.default.kind: Required value: must not be empty")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"metadata":{"type":"object","properties":{"name":{"type":"string","default":"a/b"}}}}}""", "@.properties[metadata].properties[name].default: Invalid value: \"a/b\": must result in valid metadata: metadata.name: Invalid value: \"a/b\": may not contain '/'")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"apiVersion":{"type":"string","default":"v1"},"kind":{"type":"string","default":"Pod"}}}""", "")]
    public void Defaults_are_good_values(string schema, string expected) => Check(schema, expected);

    private static void Check(string schema, string expected) =>
        Assert.Equal(expected.Replace("@", Field, StringComparison.Ordinal), Definitions.Problems(Definitions.WithField(schema)));
}
