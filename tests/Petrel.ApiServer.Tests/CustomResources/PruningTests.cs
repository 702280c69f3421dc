using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>Which fields that no schema names stay, of objects and of defaults.</summary>
public sealed class PruningTests
{
    private const string Things = "/apis/example.com/v1/namespaces/default/things";

    [Theory]
    [InlineData("""{"type":"object"}""", """{"a":1}""", "{}")]
    [InlineData("""{"type":"object","additionalProperties":true}""", """{"a":1,"b":{"c":1},"d":[{"e":1}]}""", """{"a":1,"b":{},"d":[{}]}""")]
    [InlineData("""{"type":"object","additionalProperties":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}""", """{"b":{"c":{"d":1}}}""", """{"b":{"c":{"d":1}}}""")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true}""", """{"a":{"b":[{"c":1}]}}""", """{"a":{"b":[{"c":1}]}}""")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"additionalProperties":true}""", """{"a":1,"b":{"c":1}}""", """{"a":1,"b":{}}""")]
    [InlineData("""{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"p":{"type":"object"}}}""", """{"a":{"b":1},"p":{"q":1}}""", """{"a":{"b":1},"p":{}}""")]
    [InlineData("""{"type":"array","x-kubernetes-preserve-unknown-fields":true,"items":{"type":"object","properties":{"p":{"type":"object"}}}}""", """[{"a":{"b":1},"p":{"q":1}}]""", """[{"a":{"b":1},"p":{}}]""")]
    [InlineData("""{"type":"array","items":{"type":"object","properties":{"p":{"type":"object"}}}}""", """[{"a":{"b":1},"p":{"q":1}}]""", """[{"p":{}}]""")]
    [InlineData("""{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}}""", """{"apiVersion":"v1","kind":"K","metadata":{"name":"n"},"spec":{"a":1},"b":1}""", """{"apiVersion":"v1","kind":"K","metadata":{"name":"n","creationTimestamp":null},"spec":{}}""")]
    public async Task What_is_not_named_goes_unless_it_is_preserved(string schema, string value, string kept)
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.DefineAsync(Definition(schema), Things);
        var (code, body) = await api.SendAsync("POST", Things, $$"""{"apiVersion":"example.com/v1","kind":"Thing","metadata":{"name":"t"},"f":{{value}} }""");
        Assert.Equal((201, kept), (code, body["f"]!.ToJsonString()));

        // A default must have nothing that would go.
        var withDefault = Definition(schema.TrimEnd('}') + new string('}', schema.Length - schema.TrimEnd('}').Length - 1) + $$""","default":{{value}} }""").Replace("thing", "other", StringComparison.Ordinal).Replace("Thing", "Other", StringComparison.Ordinal);
        (_, body) = await api.SendAsync("POST", Definitions, withDefault);
        Assert.Equal(value != kept.Replace(",\"creationTimestamp\":null", "", StringComparison.Ordinal), body.Text("message").Contains("must not have unknown fields", StringComparison.Ordinal));
    }

    private static string Definition(string schema) => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"things.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"things","singular":"thing","kind":"Thing"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"f":{{{schema}}} } } } }]}}
        """;
}
