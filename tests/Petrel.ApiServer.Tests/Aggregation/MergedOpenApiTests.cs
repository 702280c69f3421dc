using System.Text.Json.Nodes;
using Petrel.Api.Protobuf;
using Xunit;

namespace Petrel.ApiServer.Tests.Aggregation;

/// <summary>OpenAPI with the groups that other API servers serve.</summary>
public sealed class MergedOpenApiTests
{
    private const string Protobuf = "application/com.github.proto-openapi.spec.v2@v1.0+protobuf";

    private const string Things = """
        {"swagger":"2.0","info":{"title":"ext","version":"1"},"paths":{
        "/apis/ext.example.com/v1/things":{"get":{"operationId":"listThings","produces":["application/json"],"parameters":[{"$ref":"#/parameters/limit"}],"responses":{"200":{"description":"fine","schema":{"$ref":"#/definitions/com.example.ThingList"}}},"x-kubernetes-action":"list"},
        "post":{"operationId":"createThing","consumes":["application/json"],"parameters":[{"name":"body","in":"body","required":true,"schema":{"$ref":"#/definitions/io.k8s.api.core.v1.ConfigMap"}}],"responses":{"200":{"description":"fine"}}}},
        "/apis/apps/v1/deployments":{"get":{"operationId":"stolen","responses":{}}},
        "/elsewhere":{"get":{"operationId":"elsewhere","responses":{}}}},
        "definitions":{
        "com.example.ThingList":{"type":"object","properties":{"items":{"type":"array","items":{"$ref":"#/definitions/com.example.Thing"}}}},
        "com.example.Thing":{"description":"A thing.","type":"object","properties":{"config":{"$ref":"#/definitions/io.k8s.api.core.v1.ConfigMap"}}},
        "com.example.Unused":{"type":"object"},
        "io.k8s.api.core.v1.ConfigMap":{"description":"Not the usual one.","type":"object"}},
        "parameters":{"limit":{"name":"limit","in":"query","type":"integer","uniqueItems":true}}}
        """;

    [Fact]
    public async Task Their_v2_is_merged_with_what_it_needs_and_takes_nothing_from_others()
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.Documents["/openapi/v2"] = Things;
        var before = JsonNode.Parse(await state.UntilAsync("/openapi/v2", "application/json", static _ => true))!;
        await state.RegisterAsync();
        var document = JsonNode.Parse(await state.UntilAsync("/openapi/v2", "application/json", static text => text.Contains("listThings", StringComparison.Ordinal)))!;
        var (paths, definitions) = (document["paths"]!.AsObject(), document["definitions"]!.AsObject());
        Assert.False(paths.ContainsKey("/elsewhere"));
        Assert.False(definitions.ContainsKey("com.example.Unused"));
        Assert.NotEqual("stolen", paths["/apis/apps/v1/deployments"]!["get"]!.Text("operationId"));
        Assert.True(JsonNode.DeepEquals(before["definitions"]!["io.k8s.api.core.v1.ConfigMap"], definitions["io.k8s.api.core.v1.ConfigMap"]));
        Assert.Equal("Not the usual one.", definitions["io.k8s.api.core.v1.ConfigMap_v2"]!.Text("description"));
        Assert.Equal("#/definitions/io.k8s.api.core.v1.ConfigMap_v2", definitions["com.example.Thing"]!["properties"]!["config"]!.Text("$ref"));
        Assert.Equal("integer", document["parameters"]!["limit"]!.Text("type"));
        foreach (var (path, item) in before["paths"]!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(item, paths[path]), path);
        }
    }

    [Fact]
    public async Task Their_v2_is_in_the_protobuf_form_too()
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.Documents["/openapi/v2"] = Things;
        await state.RegisterAsync();
        await state.UntilAsync("/openapi/v2", "application/json", static text => text.Contains("listThings", StringComparison.Ordinal));
        using var request = new HttpRequestMessage(HttpMethod.Get, "/openapi/v2");
        request.Headers.TryAddWithoutValidation("Accept", Protobuf);
        using var answer = await state.Client.SendAsync(request);
        var (paths, definitions) = (new List<string>(), new List<string>());
        var reader = new ProtobufReader(await answer.Content.ReadAsByteArrayAsync());
        while (reader.NextField() is var field and not 0)
        {
            if (field is 8 or 9)
            {
                Names(reader.ReadBytes(), field == 8 ? 2 : 1, field == 8 ? paths : definitions);
            }
            else
            {
                reader.Skip();
            }
        }

        Assert.Contains("/apis/apps/v1/namespaces/{namespace}/deployments", paths);
        Assert.Contains("/apis/ext.example.com/v1/things", paths);
        Assert.Contains("io.k8s.api.core.v1.ConfigMap_v2", definitions);
        Assert.Equal(paths.Distinct(), paths);
        Assert.Equal(definitions.Distinct(), definitions);
    }

    [Fact]
    public async Task Their_v3_is_in_the_index_and_comes_from_them()
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.Documents["/openapi/v3"] = """
            {"paths":{"apis/ext.example.com/v1":{"serverRelativeURL":"/openapi/v3/apis/ext.example.com/v1?hash=AB12"},"apis/apps/v1":{"serverRelativeURL":"/openapi/v3/apis/apps/v1?hash=stolen"}}}
            """;
        state.Extension.Documents["/openapi/v3/apis/ext.example.com/v1"] = """{"openapi":"3.0.0","info":{"title":"theirs"}}""";
        await state.RegisterAsync();
        var index = JsonNode.Parse(await state.UntilAsync("/openapi/v3", "application/json", static text => text.Contains("ext.example.com", StringComparison.Ordinal)))!["paths"]!;
        Assert.Equal("/openapi/v3/apis/ext.example.com/v1?hash=AB12", index["apis/ext.example.com/v1"]!.Text("serverRelativeURL"));
        Assert.DoesNotContain("stolen", index["apis/apps/v1"]!.Text("serverRelativeURL"), StringComparison.Ordinal);
        await state.UntilAsync("/openapi/v3/apis/ext.example.com/v1?hash=AB12", "application/json", static text => text.Contains("theirs", StringComparison.Ordinal));

        // A change of theirs changes the index.
        state.Extension.Documents["/openapi/v3"] = """{"paths":{"apis/ext.example.com/v1":{"serverRelativeURL":"/openapi/v3/apis/ext.example.com/v1?hash=CD34"}}}""";
        await state.Server.Admin.SendAsync("PATCH", "/api/v1/namespaces/default/services/ext", """{"metadata":{"labels":{"look":"again"}}}""", "application/merge-patch+json");
        await state.UntilAsync("/openapi/v3", "application/json", static text => text.Contains("hash=CD34", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_server_without_v3_is_described_from_its_v2()
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.Documents["/openapi/v2"] = Things;
        await state.RegisterAsync();
        await state.UntilAsync("/openapi/v3", "application/json", static text => text.Contains("ext.example.com", StringComparison.Ordinal));
        var document = JsonNode.Parse(await state.UntilAsync("/openapi/v3/apis/ext.example.com/v1", "application/json", static _ => true))!;
        var operations = document["paths"]!["/apis/ext.example.com/v1/things"]!;
        Assert.Equal("#/components/schemas/com.example.ThingList", operations["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!.Text("$ref"));
        Assert.Equal("integer", operations["get"]!["parameters"]![0]!["schema"]!.Text("type"));
        Assert.Equal("#/components/schemas/io.k8s.api.core.v1.ConfigMap", operations["post"]!["requestBody"]!["content"]!["application/json"]!["schema"]!.Text("$ref"));
        Assert.Equal("A thing.", document["components"]!["schemas"]!["com.example.Thing"]!.Text("description"));
    }

    [Theory]
    [InlineData("no json")]
    [InlineData("[]")]
    [InlineData("""{"paths":[],"definitions":{"a":1}}""")]
    [InlineData("""{"paths":{"/apis/ext.example.com/v1/things":7,"/apis/ext.example.com/v1/other":{"get":[],"post":{"parameters":{"$ref":5},"responses":[1]}}},"definitions":{"x":{"properties":[{"$ref":"#/definitions/x"}]}}}""")]
    public async Task What_cannot_be_read_hurts_nobody(string document)
    {
        await using var state = await AggregationCase.StartAsync();
        state.Extension.Documents["/openapi/v2"] = document;
        state.Extension.Documents["/openapi/v3"] = document;
        await state.RegisterAsync();
        await state.AvailabilityAsync("Passed");
        await state.UntilAsync("/apis", "application/json", static text => text.Contains("ext.example.com", StringComparison.Ordinal));
        foreach (var (path, accept) in new[] { ("/openapi/v2", "application/json"), ("/openapi/v2", Protobuf), ("/openapi/v3", "application/json") })
        {
            Assert.NotEmpty(await state.UntilAsync(path, accept, static text => text.Length > 1000));
        }
    }

    private static void Names(ReadOnlySpan<byte> message, int entry, List<string> names)
    {
        var reader = new ProtobufReader(message);
        while (reader.NextField() is var field and not 0)
        {
            if (field != entry)
            {
                reader.Skip();
                continue;
            }

            var named = new ProtobufReader(reader.ReadBytes());
            while (named.NextField() is var part and not 0)
            {
                if (part == 1)
                {
                    names.Add(named.ReadString());
                }
                else
                {
                    named.Skip();
                }
            }
        }
    }
}
