using System.Text;
using Petrel.Api.ApiExtensions;
using Petrel.Api.Json;
using Petrel.Api.Protobuf;

namespace Petrel.Api.Tests.ApiExtensions;

/// <summary>Definitions in JSON and protobuf: every keyword of a schema is kept, in the order and form of a real server.</summary>
public class CustomResourceDefinitionCodecTests
{
    private const string Everything = """
        {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"widgets.example.com","creationTimestamp":null},
        "spec":{"group":"example.com","names":{"plural":"widgets","singular":"widget","shortNames":["w"],"kind":"Widget","listKind":"WidgetList","categories":["all"]},
        "scope":"Namespaced","versions":[{"name":"v1","served":true,"storage":true,"deprecated":true,"deprecationWarning":"old",
        "schema":{"openAPIV3Schema":{"id":"i","$schema":"s","$ref":"r","description":"d","type":"object","format":"f","title":"t","default":{"a":1,"b":[null,1.5]},
        "maximum":1.5,"exclusiveMaximum":true,"minimum":1,"exclusiveMinimum":true,"maxLength":1,"minLength":2,"pattern":"p","maxItems":3,"minItems":4,"uniqueItems":true,
        "multipleOf":2,"enum":["x",1,null],"maxProperties":5,"minProperties":6,"required":["q"],"items":{"type":"string"},"allOf":[{"type":"string"}],
        "oneOf":[{"type":"string"}],"anyOf":[{"type":"string"}],"not":{"type":"string"},"properties":{"p":{"type":"array","items":[{"type":"string"}]}},
        "additionalProperties":true,"patternProperties":{"x":{}},"dependencies":{"a":["b"],"c":{"type":"string"}},"additionalItems":{"type":"string"},
        "definitions":{"d":{"additionalProperties":false}},"externalDocs":{"description":"d","url":"u"},"example":0,"nullable":true,
        "x-kubernetes-preserve-unknown-fields":false,"x-kubernetes-embedded-resource":true,"x-kubernetes-int-or-string":true,"x-kubernetes-list-map-keys":["k"],
        "x-kubernetes-list-type":"map","x-kubernetes-map-type":"atomic",
        "x-kubernetes-validations":[{"rule":"true","message":"m","messageExpression":"e","reason":"FieldValueInvalid","fieldPath":".p","optionalOldSelf":false}]}},
        "subresources":{"status":{},"scale":{"specReplicasPath":".spec.r","statusReplicasPath":".status.r","labelSelectorPath":".status.l"}},
        "additionalPrinterColumns":[{"name":"n","type":"string","format":"f","description":"d","priority":1,"jsonPath":".a"}],"selectableFields":[{"jsonPath":".spec.a"}]}],
        "conversion":{"strategy":"Webhook","webhook":{"clientConfig":{"service":{"namespace":"n","name":"s","path":"/p","port":8443},"caBundle":"YQ==","url":"https://a"},
        "conversionReviewVersions":["v1"]}},"preserveUnknownFields":true},
        "status":{"conditions":[{"type":"Established","status":"True","lastTransitionTime":"2026-01-02T03:04:05Z","reason":"r","message":"m"}],
        "acceptedNames":{"plural":"widgets","kind":"Widget"},"storedVersions":["v1"]}}
        """;

    [Fact]
    public void Every_field_survives_json_and_protobuf()
    {
        var definition = Decode(Everything, out var problems);
        Assert.Null(problems.TypeError);
        Assert.Empty(problems.Strict);

        var json = Encoding.UTF8.GetString(JsonEncoding.Encode(definition));
        var writer = new ProtobufWriter();
        definition.WriteProtobuf(writer);
        var reader = new ProtobufReader(writer.ToArray());

        Assert.Equal(Everything.ReplaceLineEndings(""), json);
        Assert.Equal(json, Encoding.UTF8.GetString(JsonEncoding.Encode(CustomResourceDefinition.ReadProtobuf(ref reader))));
    }

    [Fact]
    public void Values_of_schemas_are_kept_in_the_order_of_names_and_in_shortest_form()
    {
        var definition = Decode("""{"spec":{"versions":[{"schema":{"openAPIV3Schema":{"default":{"b":1.0,"a":{"d":1e2,"c":"<"}}}}}]}}""", out _);

        Assert.Equal("""{"a":{"c":"\u003c","d":100},"b":1}""", definition.Spec.Versions[0].Validation!.OpenAPIV3Schema!.Default!.ToString());
    }

    [Theory]
    [InlineData("""{"properties":{"a":{"frob":1}}}""", "unknown field \"spec.versions[0].schema.openAPIV3Schema.properties.a.frob\"")]
    [InlineData("""{"items":{"frob":1}}""", null)]
    [InlineData("""{"additionalProperties":{"frob":1}}""", null)]
    public void Unknown_fields_are_noted_but_for_schemas_that_may_be_something_else(string schema, string? expected)
    {
        Decode("""{"spec":{"versions":[{"schema":{"openAPIV3Schema":@}}]}}""".Replace("@", schema, StringComparison.Ordinal), out var problems);

        string[] lines = expected is null ? [] : [expected];
        Assert.Equal(lines, problems.Strict);
    }

    [Theory]
    [InlineData("""{"additionalProperties":1}""", "boolean or JSON schema expected")]
    [InlineData("""{"items":{"type":1}}""", "json: cannot unmarshal number into Go struct field JSONSchemaProps.type of type string")]
    [InlineData("""{"items":1}""", null)]
    public void Values_of_wrong_types_are_told_as_by_their_own_decoder(string schema, string? expected)
    {
        Decode("""{"spec":{"versions":[{"schema":{"openAPIV3Schema":@}}]}}""".Replace("@", schema, StringComparison.Ordinal), out var problems);

        Assert.Equal(expected, problems.TypeError);
    }

    [Fact]
    public void Names_and_conversion_have_defaults()
    {
        var definition = (CustomResourceDefinition)Decode("""{"spec":{"names":{"plural":"widgets","kind":"Widget"},"conversion":{"strategy":"Webhook","webhook":{"clientConfig":{"service":{"name":"s"}}}}}}""", out _).WithDefaults();

        Assert.Equal(("widget", "WidgetList"), (definition.Spec.Names.Singular, definition.Spec.Names.ListKind));
        Assert.Equal(443, definition.Spec.Conversion!.Webhook!.ClientConfig!.Service!.Port);
        Assert.Equal("None", ((CustomResourceDefinition)CustomResourceDefinition.Empty.WithDefaults()).Spec.Conversion!.Strategy);
    }

    private static CustomResourceDefinition Decode(string json, out DecodeProblems problems)
    {
        problems = new DecodeProblems();
        return JsonDecoder.Decode<CustomResourceDefinition>(Encoding.UTF8.GetBytes(json), problems);
    }
}
