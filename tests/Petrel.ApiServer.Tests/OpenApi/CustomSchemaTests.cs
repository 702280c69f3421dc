using System.Diagnostics;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Tests.CustomResources;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.OpenApi;

/// <summary>How the schema of a custom kind is published.</summary>
public sealed class CustomSchemaTests : IAsyncLifetime
{
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetSet"},
          "versions":[{"name":"v1","served":true,"storage":true,"selectableFields":[{"jsonPath":".spec.text"}],"schema":{"openAPIV3Schema":{"type":"object","description":"A widget.","required":["spec"],"properties":{
            "spec":{"type":"object","required":["text","maybe"],"anyOf":[{"required":["text"]}],"properties":{
              "text":{"type":"string","minLength":1,"maxLength":9,"pattern":"^a","enum":["a","ab"],"default":"a","example":"ab","x-kubernetes-validations":[{"rule":"true"}]},
              "count":{"type":"integer","format":"int32","minimum":1,"exclusiveMinimum":true,"maximum":3},
              "maybe":{"type":"object","nullable":true,"properties":{"a":{"type":"string"}}},
              "open":{"type":"object","x-kubernetes-preserve-unknown-fields":true,"properties":{"a":{"type":"string"}}},
              "list":{"type":"array","items":{"type":"object","required":["k"],"properties":{"k":{"type":"string"}}},"x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k"],"maxItems":4},
              "port":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]},
              "any":{"type":"object","additionalProperties":true},
              "pod":{"type":"object","x-kubernetes-embedded-resource":true,"properties":{"spec":{"type":"object"}}}}}}}}}]}}
        """;

    private TestServer _server = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await _server.Admin.DefineAsync(Definition, Widgets);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Version_3_has_all_that_describes_values()
    {
        var schemas = (await _server.Admin.AnswerAsync("/openapi/v3/apis/example.com/v1")).Body["components"]!["schemas"]!;
        var widget = schemas["com.example.v1.Widget"]!;
        var spec = widget["properties"]!["spec"]!;
        var fields = spec["properties"]!;
        Assert.Equal("""[{"group":"example.com","kind":"Widget","version":"v1"}]""", widget["x-kubernetes-group-version-kind"]!.ToJsonString());
        Assert.Equal("""[{"fieldPath":"spec.text"}]""", widget["x-kubernetes-selectable-fields"]!.ToJsonString());
        Assert.Equal("""[{"required":["text"]}]""", spec["anyOf"]!.ToJsonString());
        Assert.Equal("""{"type":"string","default":"a","enum":["a","ab"],"maxLength":9,"minLength":1,"pattern":"^a","x-kubernetes-validations":[{"rule":"true"}]}""", Sorted(fields["text"]!, "type", "default"));
        Assert.Equal("""{"type":"integer","exclusiveMinimum":true,"format":"int32","maximum":3,"minimum":1}""", Sorted(fields["count"]!, "type"));
        Assert.Equal("""{"type":"object","nullable":true,"properties":{"a":{"type":"string"}}}""", Sorted(fields["maybe"]!, "type"));
        Assert.Equal("""{"type":"object","properties":{"a":{"type":"string"}},"x-kubernetes-preserve-unknown-fields":true}""", Sorted(fields["open"]!, "type"));
        Assert.Equal("""{"anyOf":[{"type":"integer"},{"type":"string"}],"x-kubernetes-int-or-string":true}""", Sorted(fields["port"]!));
        Assert.Equal("""{"type":"object","additionalProperties":true}""", Sorted(fields["any"]!, "type"));
        Assert.Equal(("""["kind","apiVersion"]""", 4), (fields["pod"]!["required"]!.ToJsonString(), fields["pod"]!["properties"]!.AsObject().Count));
        Assert.Equal("""[{"group":"example.com","kind":"WidgetSet","version":"v1"}]""", schemas["com.example.v1.WidgetSet"]!["x-kubernetes-group-version-kind"]!.ToJsonString());
    }

    [Fact]
    public async Task Version_2_has_what_it_can_express()
    {
        var definitions = (await _server.Admin.AnswerAsync("/openapi/v2")).Body["definitions"]!;
        var widget = definitions["com.example.v1.Widget"]!;
        var spec = widget["properties"]!["spec"]!;
        var fields = spec["properties"]!;
        Assert.Equal("""[{"group":"example.com","kind":"Widget","version":"v1"}]""", widget["x-kubernetes-group-version-kind"]!.ToJsonString());
        Assert.Null(spec["anyOf"]);
        Assert.Equal("""["text"]""", spec["required"]!.ToJsonString());
        Assert.Equal("""{"type":"string","enum":["a","ab"],"maxLength":9,"minLength":1,"pattern":"^a","x-kubernetes-validations":[{"rule":"true"}]}""", Sorted(fields["text"]!, "type"));
        Assert.Equal("{}", Sorted(fields["maybe"]!));
        Assert.Equal("""{"x-kubernetes-preserve-unknown-fields":true}""", Sorted(fields["open"]!));
        Assert.Equal("""{"x-kubernetes-int-or-string":true}""", Sorted(fields["port"]!));
        Assert.Equal("4", fields["list"]!.Text("maxItems"));
        Assert.Equal("""["k"]""", fields["list"]!["x-kubernetes-list-map-keys"]!.ToJsonString());
        Assert.NotNull(definitions["com.example.v1.WidgetSet"]);
    }

    [Fact]
    public async Task Protobuf_of_version_2_names_the_same_keywords()
    {
        var request = new ApiRequest("GET", "/openapi/v2") { Accept = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf" };
        var body = (await _server.Admin.SendAsync(request, CancellationToken.None)).Body.ToArray();
        // {3: type {1: "string"}} comes after {13: pattern} and {11, 12: lengths} in the order of fields.
        byte[] lengthsAndPattern = [11 << 3, 9, 12 << 3, 1, (13 << 3) | 2, 2, (byte)'^', (byte)'a'];
        Assert.True(body.AsSpan().IndexOf(lengthsAndPattern) > 0);
    }

    [Fact]
    public async Task Protobuf_of_version_3_says_all_that_its_JSON_says()
    {
        const string Gadget = """
            {"type":"object","title":"A gadget","required":["b","a"],"minProperties":1,"maxProperties":9,"description":"Ünicode, \"quoted\"\nand long.","properties":{
             "all":{"type":"object","properties":{"a":{"type":"string"},"n":{"type":"number"}},
              "allOf":[{"required":["a"]},{"properties":{"n":{"minimum":0.5,"exclusiveMinimum":true,"multipleOf":0.25}}}],
              "anyOf":[{"required":["n"]},{"not":{"required":["n"]}}],
              "oneOf":[{"properties":{"a":{"enum":["x","y"]}}},{"properties":{"a":{"pattern":"^z"}}}],
              "not":{"anyOf":[{"required":["q"]},{"properties":{"a":{"maxLength":0}}}]}},
             "text":{"type":"string","default":""},"no":{"type":"boolean","default":false},"zero":{"type":"integer","format":"int64","default":0},"half":{"type":"number","default":0.5,"maximum":1e300},
             "made":{"type":"object","default":{"a":[1,{"b":null}]},"x-kubernetes-preserve-unknown-fields":true},
             "values":{"type":"object","additionalProperties":{"type":"array","uniqueItems":false,"minItems":1,"items":{"type":"object","additionalProperties":{"type":"string","nullable":true,"enum":["a","b"]}}}},
             "anything":{"type":"object","additionalProperties":true},
             "map":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["k","l"],"items":{"type":"object","required":["k","l"],"x-kubernetes-map-type":"atomic","properties":{"k":{"type":"string"},"l":{"type":"integer"}}}},
             "either":{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}],"default":"80%"},
             "ruled":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 0","message":"must be \"more\""}]}}}
            """;
        await _server.Admin.DefineAsync($$$"""
            {"metadata":{"name":"gadgets.example.com"},"spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"gadgets","kind":"Gadget"},
             "versions":[{"name":"v2","served":true,"storage":true,"schema":{"openAPIV3Schema":{{{Gadget}}}}}]}}
            """, "/apis/example.com/v2/namespaces/default/gadgets");
        const string Path = "/openapi/v3/apis/example.com/v2";
        const string Name = "com.example.v2.Gadget";
        var json = (await _server.Admin.UntilAsync(Path, static answer => answer.Code == 200))["components"]!["schemas"]![Name]!;
        var request = new ApiRequest("GET", Path) { Accept = "application/com.github.proto-openapi.spec.v3@v1.0+protobuf" };
        var decoded = ProtobufSchema.Of((await _server.Admin.SendAsync(request, CancellationToken.None)).Body.ToArray(), Name);

        // All of it is there to be lost.
        Assert.Equal(4, ((string[])["allOf", "anyOf", "oneOf", "not"]).Count(name => json["properties"]!["all"]![name] is not null));
        Assert.Equal(("true", "{\"a\":[1,{\"b\":null}]}"), (json["properties"]!["anything"]!.Text("additionalProperties"), json["properties"]!["made"]!["default"]!.ToJsonString()));

        // Gnostic's message has no place for defaults other than numbers, flags and texts, nor has upstream's.
        json["properties"]!["made"]!.AsObject().Remove("default");
        Assert.True(JsonNode.DeepEquals(json, JsonNode.Parse(decoded.ToJsonString())), $"{json.ToJsonString()}\n{decoded.ToJsonString()}");
    }

    [Fact]
    public async Task A_change_is_published_at_once()
    {
        var api = _server.Admin;
        await api.SendAsync("PATCH", CustomKinds.Definitions + "/widgets.example.com", """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/more","value":{"type":"string"}}]""", "application/json-patch+json");
        var waited = Stopwatch.StartNew();
        await api.UntilAsync("/openapi/v3/apis/example.com/v1", static answer => answer.Body["components"]!["schemas"]!["com.example.v1.Widget"]!["properties"]!["more"] is not null);
        Assert.True(waited.Elapsed < TimeSpan.FromSeconds(10), waited.Elapsed.ToString());
    }

    private static string Sorted(JsonNode schema, params string[] first)
    {
        var all = schema.AsObject().ToDictionary(static entry => entry.Key, static entry => entry.Value?.DeepClone());
        return new JsonObject([.. first.Where(all.ContainsKey).Concat(all.Keys.Except(first).Order(StringComparer.Ordinal)).Select(name => KeyValuePair.Create(name, all[name]))]).ToJsonString(
            new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
    }
}
