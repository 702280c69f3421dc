using System.Text.Json.Nodes;
using Petrel.Client.Api;
using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>Definitions and what they define, through the front door.</summary>
public sealed class CustomResourceTests
{
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";

    private const string Schema = """
        {"type":"object","properties":{
          "spec":{"type":"object","properties":{
            "a":{"type":"string","maxLength":3},
            "d":{"type":"string","default":"dd"},
            "replicas":{"type":"integer"},
            "l":{"type":"array","x-kubernetes-list-type":"map","x-kubernetes-list-map-keys":["n"],
                 "items":{"type":"object","required":["n"],"properties":{"n":{"type":"string"},"v":{"type":"integer","minimum":1}}}}}},
          "status":{"type":"object","properties":{"s":{"type":"string"},"replicas":{"type":"integer"}}}}}
        """;

    [Fact]
    public async Task A_definition_is_served_with_every_verb_and_is_gone_with_its_objects()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);

        var (code, body) = await api.SendAsync("POST", Widgets, Widget("""{"a":"x","zz":1}"""));
        Assert.Equal((201, "dd", ""), (code, body.Text("spec", "d"), body.Text("spec", "zz")));
        (code, body) = await api.SendAsync("POST", Widgets, Widget("""{"a":"long"}"""));
        Assert.Equal((422, "Widget.example.com \"w\" is invalid: spec.a: Too long: may not be more than 3 bytes"), (code, body.Text("message")));
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w", """{"spec":{"a":"y"}}""", Merge);
        Assert.Equal((200, "2"), (code, body.Text("metadata", "generation")));
        (code, _) = await api.SendAsync("PATCH", Widgets + "/w", "{}", "application/strategic-merge-patch+json");
        Assert.Equal(415, code);
        (code, body) = await api.SendAsync("GET", Widgets);
        Assert.Equal((200, "WidgetList", "Widget"), (code, body.Text("kind"), body["items"]![0]!.Text("kind")));

        Assert.Equal(200, (await api.SendAsync("DELETE", Definitions + "/widgets.example.com")).Code);
        await api.UntilAsync(Definitions + "/widgets.example.com", static answer => answer.Code == 404);
        Assert.Null((await api.SendAsync("GET", "/apis")).Body["groups"]!.AsArray().FirstOrDefault(static group => group!.Text("name") == "example.com"));
    }

    [Fact]
    public async Task Discovery_tells_the_whole_kind()
    {
        await using var server = await TestServer.StartAsync();
        await DefineAsync(server.Admin);

        var request = new ApiRequest("GET", "/apis") { Accept = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList" };
        var groups = JsonNode.Parse((await server.Admin.SendAsync(request, CancellationToken.None)).Body.Span)!["items"]!.AsArray();

        var resource = groups.Single(static group => group!["metadata"]!.Text("name") == "example.com")!["versions"]![0]!["resources"]![0]!;
        Assert.Equal(
            [
                """{"group":"example.com","version":"v1","kind":"Widget"}""",
                """{"group":"example.com","version":"v1","kind":"Widget"}""",
                """{"group":"autoscaling","version":"v1","kind":"Scale"}""",
            ],
            resource["subresources"]!.AsArray().Prepend(resource).Select(static each => each!["responseKind"]!.ToJsonString()));
    }

    [Fact]
    public async Task Status_and_scale_change_only_their_parts()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Widgets, Widget("""{"replicas":1}"""));

        var (_, body) = await api.SendAsync("PATCH", Widgets + "/w/status", """{"spec":{"a":"no"},"status":{"s":"yes"}}""", Merge);
        Assert.Equal(("", "yes", "1"), (body.Text("spec", "a"), body.Text("status", "s"), body.Text("metadata", "generation")));
        (_, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"spec":{"replicas":4}}""", Merge);
        Assert.Equal(("Scale", "4"), (body.Text("kind"), body.Text("spec", "replicas")));
        (_, body) = await api.SendAsync("GET", Widgets + "/w");
        Assert.Equal(("4", "yes", "2"), (body.Text("spec", "replicas"), body.Text("status", "s"), body.Text("metadata", "generation")));
    }

    [Fact]
    public async Task A_scale_of_no_version_replaces_the_count_and_takes_it_over()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Widgets + "?fieldManager=maker", Widget("""{"replicas":1}"""));

        var (code, _) = await api.SendAsync("PUT", Widgets + "/w/scale?fieldManager=scaler", """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"w","namespace":"default"},"spec":{"replicas":5}}""");
        Assert.Equal(200, code);
        var (_, body) = await api.SendAsync("GET", Widgets + "/w");
        var managers = body["metadata"]!["managedFields"]!.AsArray().Select(static entry => (entry!.Text("manager"), entry!.Text("subresource"), entry!.Text("time").Length > 0, entry!["fieldsV1"]!["f:spec"]!["f:replicas"] is not null));
        Assert.Equal([("scaler", "scale", false, true), ("maker", "", true, false)], managers);
    }

    [Fact]
    public async Task A_scale_needs_a_count_that_can_be()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Widgets, Widget("{}"));

        var (code, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"metadata":{"labels":{"a":"b"}}}""", Merge);
        Assert.Equal((400, "the spec replicas field \".spec.replicas\" cannot be empty"), (code, body.Text("message")));
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"spec":{"replicas":-1}}""", Merge);
        Assert.Equal((422, "Widget.example.com \"w\" is invalid: .spec.replicas: Invalid value: -1: should be a non-negative integer"), (code, body.Text("message")));
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"spec":{"replicas":"many"}}""", Merge);
        Assert.Equal((422, "Invalid"), (code, body.Text("reason")));
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"spec":{"replicas":3000000000}}""", Merge);
        Assert.Equal((422, "Invalid"), (code, body.Text("reason")));
        Assert.Equal(500, (await api.SendAsync("GET", Widgets + "/w/scale")).Code);
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w/scale", """{"spec":{"replicas":2}}""", Merge);
        Assert.Equal((200, "2"), (code, body.Text("spec", "replicas")));
    }

    [Theory]
    [InlineData("""{"spec":{"replicas":"many"}}""", ".spec.replicas accessor error: many is of the type string, expected int64")]
    [InlineData("""{"spec":{"replicas":null}}""", ".spec.replicas accessor error: <nil> is of the type <nil>, expected int64")]
    [InlineData("""{"spec":{"replicas":1.5},"status":{"replicas":true}}""", ".spec.replicas accessor error: 1.5 is of the type float64, expected int64")]
    [InlineData("""{"spec":[1,"a"]}""", ".spec.replicas accessor error: [1 a] is of the type []interface {}, expected map[string]interface{}")]
    [InlineData("""{"spec":{"replicas":1},"status":{"replicas":{"b":1,"a":"x"}}}""", ".status.replicas accessor error: map[a:x b:1] is of the type map[string]interface {}, expected int64")]
    [InlineData("""{"spec":{"replicas":1},"status":{"replicas":1,"selector":7}}""", ".status.selector accessor error: 7 is of the type int64, expected string")]
    [InlineData("""{"spec":{"replicas":1},"status":"none"}""", ".status.replicas accessor error: none is of the type string, expected map[string]interface{}")]
    public async Task A_scale_of_what_is_none_cannot_be_read_or_written(string content, string message)
    {
        const string Anything = """{"type":"object","x-kubernetes-preserve-unknown-fields":true}""";
        const string Scale = ""","subresources":{"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas","labelSelectorPath":".status.selector"}}""";
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.DefineAsync(Definition(Anything).Replace(Subresources, "", StringComparison.Ordinal), Widgets);
        Assert.Equal(201, (await api.SendAsync("POST", Widgets, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},""" + content[1..])).Code);
        await api.SendAsync("PATCH", CustomKinds.Definitions + "/widgets.example.com", $$$"""{"spec":{"versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{{{Anything}}}}{{{Scale}}}}]}}""", Merge);
        var body = await api.UntilAsync(Widgets + "/w/scale", static answer => answer.Code != 404);
        Assert.Equal(("500", message, ""), (body.Text("code"), body.Text("message"), body.Text("reason")));
        foreach (var (method, scale, type) in new[]
        {
            ("PATCH", """{"spec":{"replicas":2}}""", Merge),
            ("PUT", """{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"w","namespace":"default"},"spec":{"replicas":2}}""", "application/json"),
        })
        {
            var (code, refused) = await api.SendAsync(method, Widgets + "/w/scale", scale, type);
            Assert.Equal((500, message, ""), (code, refused.Text("message"), refused.Text("reason")));
        }
    }

    [Fact]
    public async Task A_scale_shows_zero_where_nothing_is()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Widgets, Widget("""{"replicas":3}"""));
        var (code, body) = await api.SendAsync("GET", Widgets + "/w/scale");
        Assert.Equal((200, """{"replicas":3}""", """{"replicas":0}"""), (code, body["spec"]!.ToJsonString(), body["status"]!.ToJsonString()));
    }

    [Fact]
    public async Task What_is_established_is_served()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.SendAsync("POST", Definitions, Definition(Schema));
        await api.UntilAsync(Definitions + "/widgets.example.com", static answer =>
            answer.Body["status"]?["conditions"]?.AsArray().Any(static condition => condition!.Text("type") == "Established" && condition!.Text("status") == "True") == true);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await api.AnswerAsync(Widgets)).Code);
        }
    }

    [Fact]
    public async Task What_is_served_stays_so_while_its_definition_changes()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        for (var i = 0; i < 20; i++)
        {
            // The change comes while the status of the new definition is written, which has to be tried again then.
            await api.SendAsync("POST", Definitions, Definition(Schema).Replace("widget", $"widget{i}", StringComparison.Ordinal).Replace("Widget", $"Widget{i}", StringComparison.Ordinal));
            var objects = Widgets.Replace("widget", $"widget{i}", StringComparison.Ordinal);
            await api.UntilAsync(objects, static answer => answer.Code == 200);
            await api.SendAsync("PATCH", $"{Definitions}/widget{i}s.example.com", """{"metadata":{"labels":{"a":"b"}}}""", Merge);
            var isEstablished = false;
            while (!isEstablished)
            {
                isEstablished = (await api.AnswerAsync($"{Definitions}/widget{i}s.example.com")).Body["status"]?["conditions"]?.AsArray().Any(static condition => condition!.Text("type") == "Established" && condition!.Text("status") == "True") == true;
                Assert.Equal(200, (await api.AnswerAsync(objects)).Code);
            }
        }
    }

    [Fact]
    public async Task Watches_last_while_other_definitions_come_and_go()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var watch = api.WatchAsync(new ApiRequest("GET", Widgets + "?watch=true"), stop.Token).GetAsyncEnumerator(stop.Token);
        var next = watch.MoveNextAsync();
        var other = Definition(Schema).Replace("widget", "other", StringComparison.Ordinal).Replace("Widget", "Other", StringComparison.Ordinal);
        await api.DefineAsync(other, Widgets.Replace("widget", "other", StringComparison.Ordinal));
        await api.SendAsync("DELETE", Definitions + "/others.example.com");
        await api.UntilAsync(Definitions + "/others.example.com", static answer => answer.Code == 404);
        await api.SendAsync("POST", Widgets, Widget("{}"));
        Assert.True(await next);
        Assert.Equal("ADDED", watch.Current.Type);
    }

    [Fact]
    public async Task A_status_is_validated_by_itself()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Widgets, Widget("{}"));

        var (code, body) = await api.SendAsync("PATCH", Widgets + "/w/status", """{"status":{"s":5}}""", Merge);
        Assert.Equal((422, "Widget.example.com \"w\" is invalid: status.s: Invalid value: \"integer\": s in body must be of type string: \"integer\""), (code, body.Text("message")));
        (code, body) = await api.SendAsync("PATCH", Widgets + "/w/status", """{"status":"x"}""", Merge);
        const string NoObject = "status: Invalid value: \"string\":  in body must be of type object: \"string\"";
        const string NoCount = ".status.replicas: Invalid value: 0: .status.replicas accessor error: x is of the type string, expected map[string]interface{}";
        Assert.Equal((422, $"Widget.example.com \"w\" is invalid: [{NoObject}, {NoCount}]"), (code, body.Text("message")));
    }

    [Fact]
    public async Task Appliers_own_list_items_by_their_keys()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        const string Head = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n";

        Assert.Equal(201, (await api.ApplyAsync(Widgets + "/w?fieldManager=one", Head + "spec: {l: [{'n': a, v: 1}]}")).Code);
        var (code, body) = await api.ApplyAsync(Widgets + "/w?fieldManager=two", Head + "spec: {l: [{'n': b, v: 2}]}");
        Assert.Equal((200, 2), (code, body["spec"]!["l"]!.AsArray().Count));
        Assert.Equal(409, (await api.ApplyAsync(Widgets + "/w?fieldManager=two", Head + "spec: {l: [{'n': a, v: 2}]}")).Code);
    }

    [Fact]
    public async Task Appliers_are_told_of_nulls_that_others_have_dropped()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        const string Head = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: w}\n";

        Assert.Equal(201, (await api.SendAsync("POST", Widgets, Widget("""{"a":null}"""))).Code);
        var (code, body) = await api.ApplyAsync(Widgets + "/w?fieldManager=one&force=true", Head + "spec: {a: null, d: null}");
        Assert.Equal((422, "Widget.example.com \"w\" is invalid: spec.a: Invalid value: \"null\": spec.a in body must be of type string: \"null\""), (code, body.Text("message")));

        // What is left of an object whose fields are all gone is null, too.
        await api.ApplyAsync(Widgets + "/x?fieldManager=two", Head.Replace("name: w", "name: x", StringComparison.Ordinal) + "spec: {d: x}");
        (code, body) = await api.ApplyAsync(Widgets + "/x?fieldManager=two", Head.Replace("name: w", "name: x", StringComparison.Ordinal) + "spec: {}");
        Assert.Equal((422, "Widget.example.com \"x\" is invalid: spec: Invalid value: \"null\": spec in body must be of type object: \"null\""), (code, body.Text("message")));
    }

    [Fact]
    public async Task A_value_that_was_wrong_before_may_stay_but_not_become_another_wrong_one()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api, Schema.Replace("\"maxLength\":3", "\"maxLength\":30", StringComparison.Ordinal));
        await api.SendAsync("POST", Widgets, Widget("""{"a":"long value"}"""));
        await api.SendAsync("PATCH", Definitions + "/widgets.example.com", $$"""[{"op":"replace","path":"/spec/versions/0/schema/openAPIV3Schema","value":{{Schema}}}]""", "application/json-patch+json");
        await api.UntilAsync(Widgets + "/w?fieldSelector=metadata.name=w", static answer => answer.Code == 200);

        // Under the old schema another long value is taken; what is tried next must differ from it.
        var tries = 0;
        await UntilAsync(() => api.SendAsync("PATCH", Widgets + "/w", $$$"""{"spec":{"a":"another long {{{tries++}}}"}}""", Merge), static answer => answer.Code == 422);
        Assert.Equal(200, (await api.SendAsync("PATCH", Widgets + "/w", """{"spec":{"d":"x"}}""", Merge)).Code);
    }

    [Fact]
    public async Task A_kind_that_is_taken_is_not_accepted()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        await api.SendAsync("POST", Definitions, Definition(Schema).Replace("widgets", "gadgets", StringComparison.Ordinal).Replace("\"widget\"", "\"gadget\"", StringComparison.Ordinal));
        var found = await api.UntilAsync(Definitions + "/gadgets.example.com", static answer => answer.Body["status"]?["conditions"]?.AsArray().Count >= 2);
        Assert.Equal(("False", "ListKindConflict"), (found["status"]!["conditions"]![0]!.Text("status"), found["status"]!["conditions"]![0]!.Text("reason")));
        Assert.Equal("False", found["status"]!["conditions"]![1]!.Text("status"));
    }

    [Fact]
    public async Task Definitions_survive_a_restart()
    {
        await using var store = Petrel.Storage.Backends.Embedded.EmbeddedStore.OpenInMemory();
        await using (var first = await TestServer.StartAsync(store: store))
        {
            await DefineAsync(first.Admin);
            await first.Admin.SendAsync("POST", Widgets, Widget("{}"));
        }

        await using var second = await TestServer.StartAsync(store: store);
        Assert.Equal(200, (await second.Admin.SendAsync("GET", Widgets + "/w")).Code);
    }

    [Fact]
    public async Task The_schema_is_in_OpenAPI()
    {
        await using var server = await TestServer.StartAsync();
        await DefineAsync(server.Admin);
        var (code, document) = await server.Admin.SendAsync("GET", "/openapi/v3/apis/example.com/v1");
        Assert.Equal(200, code);
        Assert.Equal("3", document["components"]!["schemas"]!["com.example.v1.Widget"]!["properties"]!["spec"]!["properties"]!["a"]!.Text("maxLength"));
    }

    [Fact]
    public async Task Hostile_objects_are_refused_and_never_break_the_server()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await DefineAsync(api);
        var random = new Random(7);
        for (var i = 0; i < 500; i++)
        {
            var spec = RandomValue(random, 0);
            var (code, body) = await api.SendAsync("POST", Widgets, $$"""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w{{i}}"},"spec":{{spec}},"status":{{RandomValue(random, 1)}}}""");
            Assert.True(code < 500, $"{spec}: {body}");
        }
    }

    private static string RandomValue(Random random, int depth)
    {
        string[] names = ["a", "d", "l", "n", "v", "replicas", "s", "zz"];
        return random.Next(depth > 4 ? 7 : 10) switch
        {
            0 => "null",
            1 => "true",
            2 => "-9223372036854775808",
            3 => "1e308",
            4 => "\"\\ud800\\u0000\"",
            5 => "\"a\"",
            6 => "1.5",
            7 => $"[{string.Join(',', Enumerable.Range(0, random.Next(4)).Select(_ => RandomValue(random, depth + 1)))}]",
            _ => $"{{{string.Join(',', Enumerable.Range(0, random.Next(5)).Select(_ => $"\"{names[random.Next(names.Length)]}\":{RandomValue(random, depth + 1)}"))}}}",
        };
    }

    private const string Subresources = ""","subresources":{"status":{},"scale":{"specReplicasPath":".spec.replicas","statusReplicasPath":".status.replicas"}}""";

    private static string Widget(string spec) => $$"""{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"spec":{{spec}} }""";

    private static string Definition(string schema) => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{{{schema}}}}{{{Subresources}}} }]}}
        """;

    private static Task DefineAsync(IApi api, string schema = Schema) => api.DefineAsync(Definition(schema), Widgets);
}
