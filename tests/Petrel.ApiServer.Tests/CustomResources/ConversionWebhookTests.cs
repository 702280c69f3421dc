using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Petrel.ApiServer.Tests.Webhooks;
using Petrel.Client.Api;
using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>Custom kinds whose versions a webhook converts: v1 says hostPort, v2 host and port.</summary>
public sealed class ConversionWebhookTests : IAsyncLifetime
{
    private const string V1 = "/apis/example.com/v1/namespaces/default/links";
    private const string V2 = "/apis/example.com/v2/namespaces/default/links";
    private const string Name = Definitions + "/links.example.com";

    private TestServer _server = null!;
    private WebhookServer _hook = null!;

    private IApi Api => _server.Admin;

    private int Questions => _hook.Questions.Count;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _hook = await WebhookServer.StartAsync();
        _hook.Serve("/convert", (context, review) => AnswerAsync(context, review, static _ => { }));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _hook.DisposeAsync();
    }

    [Fact]
    public async Task Every_verb_works_in_every_version()
    {
        await DefineAsync();

        var (code, body) = await Api.SendAsync("POST", V2, Link2("a", "h", 1));
        Assert.Equal((201, "example.com/v2", "h", "1", "1"), (code, body.Text("apiVersion"), body.Text("spec", "host"), body.Text("spec", "port"), body.Text("metadata", "generation")));
        (_, body) = await Api.SendAsync("GET", V1 + "/a");
        Assert.Equal(("example.com/v1", "h:1", ""), (body.Text("apiVersion"), body.Text("spec", "hostPort"), body.Text("spec", "host")));

        (code, body) = await Api.SendAsync("PATCH", V2 + "/a", """{"spec":{"port":2}}""", Merge);
        Assert.Equal((200, "2", "2"), (code, body.Text("spec", "port"), body.Text("metadata", "generation")));
        (_, body) = await Api.SendAsync("GET", V2 + "/a");
        body["spec"]!["host"] = "other";
        (code, body) = await Api.SendAsync("PUT", V2 + "/a", body.ToJsonString());
        Assert.Equal((200, "other"), (code, body.Text("spec", "host")));
        (code, body) = await Api.SendAsync("PATCH", V2 + "/a?dryRun=All", """{"spec":{"port":3}}""", Merge);
        Assert.Equal((200, "3"), (code, body.Text("spec", "port")));
        (_, body) = await Api.SendAsync("GET", V1);
        Assert.Equal("other:2", body["items"]![0]!.Text("spec", "hostPort"));
        (code, body) = await Api.ApplyAsync(V2 + "/b?fieldManager=m", "apiVersion: example.com/v2\nkind: Link\nmetadata: {name: b}\nspec: {host: x, port: 9}\n");
        Assert.Equal((201, "9"), (code, body.Text("spec", "port")));
        (code, body) = await Api.SendAsync("DELETE", V2 + "/a");
        Assert.Equal((200, "Success"), (code, body.Text("status")));
        (code, body) = await Api.SendAsync("DELETE", V2);
        Assert.Equal((200, "x"), (code, body["items"]![0]!.Text("spec", "host")));
        Assert.Empty((await Api.SendAsync("GET", V1)).Body["items"]!.AsArray());
    }

    [Fact]
    public async Task The_question_is_a_ConversionReview_about_the_whole_list()
    {
        await DefineAsync("v1beta2", "v1");
        await CreateAsync("a", "b", "c");

        var before = Questions;
        var (_, body) = await Api.SendAsync("GET", V2);
        Assert.Equal(["h", "h", "h"], body["items"]!.AsArray().Select(static item => item!.Text("spec", "host")));
        Assert.Equal(before + 1, Questions);
        var review = _hook.Questions.Last().Review;
        Assert.Equal(("ConversionReview", "apiextensions.k8s.io/v1", "example.com/v2"), (review.Text("kind"), review.Text("apiVersion"), review.Text("request", "desiredAPIVersion")));
        Assert.Equal(["example.com/v1 a", "example.com/v1 b", "example.com/v1 c"], review["request"]!["objects"]!.AsArray().Select(static item => $"{item!.Text("apiVersion")} {item!.Text("metadata", "name")}"));

        // What was asked about once is known.
        await Api.SendAsync("GET", V2 + "/b");
        await Api.SendAsync("GET", V1);
        Assert.Equal(before + 1, Questions);
    }

    [Fact]
    public async Task The_older_ConversionReview_is_asked_of_those_who_want_it()
    {
        // It does not say which question it answers.
        _hook.Serve("/convert", (context, review) => AnswerAsync(context, review, static answer => answer["response"]!["uid"] = "other"));
        await DefineAsync("v1beta1", "v1");
        var (code, _) = await Api.SendAsync("POST", V2, Link2("a", "h", 1));
        Assert.Equal((201, "apiextensions.k8s.io/v1beta1"), (code, _hook.Questions.Last().Review.Text("apiVersion")));
    }

    [Fact]
    public async Task Watches_see_each_change_in_their_version_and_share_the_question()
    {
        await DefineAsync();
        await CreateAsync("a");
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var first = Api.WatchAsync(new ApiRequest("GET", V2 + "?watch=true"), stop.Token).GetAsyncEnumerator(stop.Token);
        await using var second = Api.WatchAsync(new ApiRequest("GET", V2 + "?watch=true"), stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.Equal(("ADDED", "1"), await NextAsync(first));
        Assert.Equal(("ADDED", "1"), await NextAsync(second));
        var before = Questions;

        await Api.SendAsync("PATCH", V1 + "/a", """{"spec":{"hostPort":"h:7"}}""", Merge);
        Assert.Equal(("MODIFIED", "7"), await NextAsync(first));
        Assert.Equal(("MODIFIED", "7"), await NextAsync(second));
        await Api.SendAsync("DELETE", V1 + "/a");
        Assert.Equal(("DELETED", "7"), await NextAsync(first));
        Assert.Equal(("DELETED", "7"), await NextAsync(second));
        Assert.Equal(before + 1, Questions);

        static async Task<(string Type, string Port)> NextAsync(IAsyncEnumerator<RawWatchEvent> events)
        {
            Assert.True(await events.MoveNextAsync());
            return (events.Current.Type, JsonNode.Parse(events.Current.Object.Span)!.Text("spec", "port"));
        }
    }

    [Fact]
    public async Task A_watch_that_cannot_be_converted_ends_with_the_reason()
    {
        await DefineAsync();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var version = (await Api.SendAsync("GET", V1)).Body.Text("metadata", "resourceVersion");
        await CreateAsync("a");
        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static answer => answer["response"]!["result"] = new JsonObject { ["status"] = "Failure", ["message"] = "no way" }));
        var events = new List<RawWatchEvent>();
        await foreach (var change in Api.WatchAsync(new ApiRequest("GET", $"{V2}?watch=true&resourceVersion={version}"), stop.Token))
        {
            events.Add(change);
        }

        var error = JsonNode.Parse(Assert.Single(events).Object.Span)!;
        Assert.Equal(("ERROR", "500", "conversion webhook for example.com/v1, Kind=Link failed: no way"), (events[0].Type, error.Text("code"), error.Text("message")));
    }

    [Fact]
    public async Task What_is_stored_in_an_older_version_is_converted_when_it_is_read()
    {
        await DefineAsync();
        await CreateAsync("a");
        await Api.SendAsync("PATCH", Name, """[{"op":"replace","path":"/spec/versions/0/storage","value":false},{"op":"replace","path":"/spec/versions/1/storage","value":true}]""", "application/json-patch+json");
        await Api.UntilAsync(Name, static answer => answer.Body["status"]!["storedVersions"]!.ToJsonString() == """["v1","v2"]""");

        await UntilAsync(
            async () =>
            {
                await Api.SendAsync("POST", V2, Link2("probe", "h", 5));
                var before = Questions;
                await Api.SendAsync("GET", V2 + "/probe");
                var asked = Questions - before;
                await Api.SendAsync("DELETE", V2 + "/probe");
                return (asked, new JsonObject());
            },
            static answer => answer.Code == 0);
        Assert.Equal("1", (await Api.SendAsync("GET", V2 + "/a")).Body.Text("spec", "port"));
        Assert.Equal("h:1", (await Api.SendAsync("GET", V1 + "/a")).Body.Text("spec", "hostPort"));

        // An update that changes nothing writes it in the new version.
        var old = (await Api.SendAsync("GET", V2 + "/a")).Body.Text("metadata", "resourceVersion");
        Assert.NotEqual(old, (await Api.SendAsync("PATCH", V2 + "/a", "{}", Merge)).Body.Text("metadata", "resourceVersion"));
    }

    [Fact]
    public async Task Only_labels_and_annotations_of_the_metadata_may_change_and_unknown_fields_go()
    {
        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static answer =>
        {
            var converted = answer["response"]!["convertedObjects"]![0]!;
            converted["metadata"]!["labels"] = new JsonObject { ["l"] = "converted" };
            converted["metadata"]!["generation"] = 99;
            converted["metadata"]!["finalizers"] = new JsonArray("x.example.com/f");
            converted["spec"]!["zz"] = 1;
        }));
        await DefineAsync();
        await CreateAsync("a");
        var (code, body) = await Api.SendAsync("GET", V2 + "/a");
        Assert.Equal((200, "converted", "1", "", ""), (code, body.Text("metadata", "labels", "l"), body.Text("metadata", "generation"), body.Text("metadata", "finalizers"), body.Text("spec", "zz")));
    }

    public static TheoryData<string, string> BadAnswers => new()
    {
        { """{"uid":"other"}""", "failed: expected response.uid=\"UID\", got \"other\"" },
        { """{"result":{"status":"Failure"}}""", "failed: response.result.status was 'Failure', not 'Success'" },
        { """{"result":{"status":"Failure","message":"no way"}}""", "failed: no way" },
        { """{"convertedObjects":[]}""", "returned 0 objects, expected 1" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v1","kind":"Link","metadata":{}}]}""", "returned invalid object at index 0: invalid groupVersion (expected example.com/v2, received example.com/v1)" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Other","metadata":{}}]}""", "returned invalid object at index 0: invalid kind (expected Link, received Other)" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"b"}}]}""", "returned invalid object: must have the same name: a != b" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"a","namespace":"x"}}]}""", "returned invalid object: must have the same namespace: default != x" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"a","namespace":"default","uid":"u"}}]}""", "returned invalid object: must have the same UID: UID != u" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"a","namespace":"default","uid":"SAME","labels":{"a":1}}}]}""", "returned invalid metadata: metadata.labels[a] must be a string, but is int64 in converted object" },
        { """{"convertedObjects":[{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"a","namespace":"default","uid":"SAME","labels":{"a":"b c"}}}]}""", "returned invalid metadata: metadata.labels: Invalid value: \"b c\": a valid label must" },
    };

    [Theory]
    [MemberData(nameof(BadAnswers))]
    public async Task An_answer_that_is_none_is_an_error(string response, string problem)
    {
        await DefineAsync();
        await CreateAsync("a");
        _hook.Serve("/convert", (context, review) => AnswerAsync(context, review, answer =>
        {
            var uid = review["request"]!["objects"]![0]!.Text("metadata", "uid");
            foreach (var (name, value) in JsonNode.Parse(response.Replace("SAME", uid, StringComparison.Ordinal))!.AsObject())
            {
                answer["response"]![name] = value?.DeepClone();
            }
        }));
        var (code, body) = await Api.SendAsync("GET", V2 + "/a");
        var review = _hook.Questions.Last().Review["request"]!;
        var expected = problem.Replace("UID != ", review["objects"]![0]!.Text("metadata", "uid") + " != ", StringComparison.Ordinal).Replace("\"UID\"", $"\"{review.Text("uid")}\"", StringComparison.Ordinal);
        if (problem.Contains("same UID", StringComparison.Ordinal))
        {
            expected = problem.Replace(": UID !=", $": {review["objects"]![0]!.Text("metadata", "uid")} !=", StringComparison.Ordinal);
        }

        Assert.Equal((500, "", "Failure"), (code, body.Text("reason"), body.Text("status")));
        Assert.StartsWith("conversion webhook for example.com/v1, Kind=Link " + expected, body.Text("message"), StringComparison.Ordinal);

        // Whoever asks again after the webhook has recovered gets an answer.
        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static _ => { }));
        Assert.Equal(200, (await Api.SendAsync("GET", V2 + "/a")).Code);
    }

    [Fact]
    public async Task A_webhook_that_cannot_be_reached_or_breaks_is_an_error_of_its_objects_only()
    {
        _hook.Serve("/convert", static (context, _) =>
        {
            context.Response.StatusCode = 503;
            return Task.CompletedTask;
        });
        await DefineAsync();
        await CreateAsync("a");
        var (code, body) = await Api.SendAsync("GET", V2);
        Assert.Equal(500, code);
        Assert.StartsWith("conversion webhook for example.com/v1, Kind=Link failed: the server is currently unable to handle the request", body.Text("message"), StringComparison.Ordinal);
        Assert.Equal(200, (await Api.SendAsync("GET", V1)).Code);
        Assert.Equal(500, (await Api.SendAsync("POST", V2, Link2("b", "h", 1))).Code);
        Assert.Equal(404, (await Api.SendAsync("GET", V1 + "/b")).Code);

        await Api.SendAsync("PATCH", Name, """{"spec":{"conversion":{"webhook":{"clientConfig":{"url":"https://127.0.0.1:1/convert"}}}}}""", Merge);
        await Api.UntilAsync(V2, static answer => answer.Body.Text("message").Contains("failed: Post \"https://127.0.0.1:1/convert?timeout=30s\": dial tcp 127.0.0.1:1: connect: connection refused", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Admission_sees_objects_in_the_version_that_it_asks_for()
    {
        await DefineAsync();
        _hook.Patch("/admit", """[{"op":"replace","path":"/spec/port","value":8}]""");
        await Api.SendAsync("POST", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", $$"""
            {"metadata":{"name":"m"},"webhooks":[{"name":"m.example.com","sideEffects":"None","admissionReviewVersions":["v1"],
             "clientConfig":{"url":"{{_hook.Address}}/admit","caBundle":"{{WebhookServer.CaBundle}}"},
             "rules":[{"apiGroups":["example.com"],"apiVersions":["v2"],"operations":["CREATE"],"resources":["links"]}]}]}
            """);
        const string Link1 = """{"apiVersion":"example.com/v1","kind":"Link","metadata":{"name":"a"},"spec":{"hostPort":"h:1"}}""";
        var body = await UntilAsync(() => Api.SendAsync("POST", V1 + "?dryRun=All", Link1), static answer => answer.Body.Text("spec", "hostPort") == "h:8");
        Assert.Equal("example.com/v1", body.Text("apiVersion"));

        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static answer => answer["response"]!["result"] = new JsonObject { ["status"] = "Failure", ["message"] = "no way" }));
        (var code, body) = await Api.SendAsync("POST", V1, Link1);
        Assert.Equal((500, "InternalError", "Internal error occurred: conversion webhook for example.com/v1, Kind=Link failed: no way"), (code, body.Text("reason"), body.Text("message")));
    }

    [Fact]
    public async Task A_definition_goes_when_its_objects_can_be_read_again()
    {
        await DefineAsync();
        await CreateAsync("a");
        await Api.SendAsync("PATCH", Name, """[{"op":"replace","path":"/spec/versions/0/storage","value":false},{"op":"replace","path":"/spec/versions/1/storage","value":true}]""", "application/json-patch+json");
        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static answer => answer["response"]!["result"] = new JsonObject { ["status"] = "Failure", ["message"] = "no way" }));
        await Api.SendAsync("DELETE", Name);
        var body = await Api.UntilAsync(Name, static answer => answer.Body["status"]!["conditions"]!.AsArray().Any(static condition => condition!.Text("reason") == "InstanceDeletionFailed"));
        Assert.Contains(body["status"]!["conditions"]!.AsArray(), static condition => condition!.Text("message") == "could not list instances: conversion webhook for example.com/v1, Kind=Link failed: no way");
        _hook.Serve("/convert", static (context, review) => AnswerAsync(context, review, static _ => { }));
        await Api.UntilAsync(Name, static answer => answer.Code == 404);
    }

    [Fact]
    public async Task Questions_are_counted()
    {
        await DefineAsync();
        await CreateAsync("a");
        await Api.SendAsync("GET", V2 + "/a");
        var metrics = System.Text.Encoding.UTF8.GetString((await Api.SendAsync(new ApiRequest("GET", "/metrics"), CancellationToken.None)).Body.Span);
        Assert.Contains("apiserver_conversion_webhook_request_total{result=\"success\",failure_type=\"\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_conversion_webhook_duration_seconds_count{result=\"success\",failure_type=\"\"} 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("apiserver_crd_conversion_webhook_duration_seconds_count{crd_name=\"links.example.com\",from_version=\"v1\",to_version=\"v2\",succeeded=\"true\"} 1\n", metrics, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_is_asked_by_its_name()
    {
        await Api.SendAsync("POST", "/api/v1/namespaces/default/services", $$$"""{"metadata":{"name":"hook"},"spec":{"type":"ExternalName","externalName":"localhost"}}""");
        await Api.DefineAsync(Definition($$$"""{"service":{"namespace":"default","name":"hook","port":{{{_hook.Port}}},"path":"/convert"},"caBundle":"{{{WebhookServer.CaBundle}}}"}""", "\"v1\""), V2);
        await CreateAsync("a");
        Assert.Equal("1", (await Api.SendAsync("GET", V2 + "/a")).Body.Text("spec", "port"));
    }

    [Fact]
    public async Task Defaults_are_those_of_the_version_in_which_an_object_is_read()
    {
        await DefineAsync();
        var (_, body) = await Api.SendAsync("POST", V1, """{"apiVersion":"example.com/v1","kind":"Link","metadata":{"name":"a"},"spec":{"hostPort":"h:1"}}""");
        Assert.Equal("first", body.Text("spec", "kind"));
        (_, body) = await Api.SendAsync("GET", V2 + "/a");
        Assert.Equal(("first", ""), (body.Text("spec", "kind"), body.Text("spec", "only2")));
        (_, body) = await Api.SendAsync("POST", V2, Link2("b", "h", 1));
        Assert.Equal("second", body.Text("spec", "only2"));
    }

    [Fact]
    public async Task Appliers_own_fields_as_their_version_names_them()
    {
        await DefineAsync();
        await Api.ApplyAsync(V1 + "/a?fieldManager=one", "apiVersion: example.com/v1\nkind: Link\nmetadata: {name: a}\nspec: {hostPort: 'h:1'}\n");
        const string Other = "apiVersion: example.com/v2\nkind: Link\nmetadata: {name: a}\nspec: {port: 2}\n";

        // In the words of the version of the manager whose field it is.
        var (code, body) = await Api.ApplyAsync(V2 + "/a?fieldManager=two", Other);
        Assert.Equal((409, ".spec.hostPort"), (code, body["details"]!["causes"]![0]!.Text("field")));
        (code, body) = await Api.ApplyAsync(V2 + "/a?fieldManager=two&force=true", Other);
        Assert.Equal((200, "h", "2"), (code, body.Text("spec", "host"), body.Text("spec", "port")));
        Assert.Equal(["two example.com/v2 {\"f:spec\":{\"f:port\":{}}}"], Managers(body));
        (code, body) = await Api.SendAsync("PATCH", V1 + "/a?fieldManager=three", """{"spec":{"hostPort":"i:3"}}""", Merge);
        Assert.Equal((200, "i:3"), (code, body.Text("spec", "hostPort")));
        Assert.Equal(["three example.com/v1 {\"f:spec\":{\"f:hostPort\":{}}}"], Managers(body));
    }

    [Fact]
    public async Task What_an_applier_leaves_out_in_another_version_goes()
    {
        await DefineAsync();
        await Api.ApplyAsync(V1 + "/a?fieldManager=one", "apiVersion: example.com/v1\nkind: Link\nmetadata: {name: a}\nspec: {hostPort: 'h:1'}\n");
        await Api.ApplyAsync(V1 + "/a?fieldManager=two", "apiVersion: example.com/v1\nkind: Link\nmetadata: {name: a}\nspec: {only2: x}\n");
        var (code, body) = await Api.ApplyAsync(V2 + "/a?fieldManager=one", "apiVersion: example.com/v2\nkind: Link\nmetadata: {name: a}\nspec: {kind: k}\n");
        Assert.True(code == 200, body.ToString());
        Assert.Equal(("k", "", "", "x"), (body.Text("spec", "kind"), body.Text("spec", "host"), body.Text("spec", "port"), body.Text("spec", "only2")));
        Assert.Equal(["one example.com/v2 {\"f:spec\":{\"f:kind\":{}}}", "two example.com/v1 {\"f:spec\":{\"f:only2\":{}}}"], Managers(body));
    }

    private static IEnumerable<string> Managers(JsonNode value) =>
        value["metadata"]!["managedFields"]!.AsArray().Select(static entry => $"{entry!.Text("manager")} {entry!.Text("apiVersion")} {entry!["fieldsV1"]!.ToJsonString()}").Order(StringComparer.Ordinal);

    private static string Link2(string name, string host, int port) =>
        $$$"""{"apiVersion":"example.com/v2","kind":"Link","metadata":{"name":"{{{name}}}"},"spec":{"host":"{{{host}}}","port":{{{port}}}}}""";

    private async Task CreateAsync(params string[] names)
    {
        foreach (var name in names)
        {
            var (code, body) = await Api.SendAsync("POST", V1, $$$"""{"apiVersion":"example.com/v1","kind":"Link","metadata":{"name":"{{{name}}}"},"spec":{"hostPort":"h:1"}}""");
            Assert.True(code == 201, body.ToString());
        }
    }

    private Task DefineAsync(params string[] reviewVersions) => Api.DefineAsync(
        Definition($$"""{"url":"{{_hook.Address}}/convert","caBundle":"{{WebhookServer.CaBundle}}"}""", string.Join(',', (reviewVersions.Length == 0 ? ["v1"] : reviewVersions).Select(static version => $"\"{version}\""))), V2);

    private static string Definition(string client, string reviewVersions) => $$$"""
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"links.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"links","singular":"link","kind":"Link"},
          "conversion":{"strategy":"Webhook","webhook":{"conversionReviewVersions":[{{{reviewVersions}}}],"clientConfig":{{{client}}}}},
          "versions":[
           {"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
             "hostPort":{"type":"string"},"kind":{"type":"string","default":"first"},"only2":{"type":"string"} } } } } } },
           {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"type":"object","properties":{
             "host":{"type":"string"},"port":{"type":"integer"},"kind":{"type":"string"},"only2":{"type":"string","default":"second"} } } } } } }]}}
        """;

    /// <summary>Converts the objects of a question, and sends the answer as it is changed then.</summary>
    private static Task AnswerAsync(HttpContext context, JsonNode review, Action<JsonNode> change)
    {
        var desired = review.Text("request", "desiredAPIVersion");
        var converted = new JsonArray([.. review["request"]!["objects"]!.AsArray().Select(item => Converted(item!.DeepClone(), desired))]);
        var answer = new JsonObject
        {
            ["apiVersion"] = review["apiVersion"]!.DeepClone(),
            ["kind"] = "ConversionReview",
            ["response"] = new JsonObject
            {
                ["uid"] = review["request"]!["uid"]!.DeepClone(),
                ["result"] = new JsonObject { ["status"] = "Success" },
                ["convertedObjects"] = converted,
            },
        };
        change(answer);
        return context.Response.WriteAsync(answer.ToJsonString());
    }

    private static JsonNode Converted(JsonNode item, string desired)
    {
        item["apiVersion"] = desired;
        var spec = item["spec"]?.AsObject();
        if (spec is null)
        {
            return item;
        }

        if (desired.EndsWith("v1", StringComparison.Ordinal) && spec.ContainsKey("host"))
        {
            spec["hostPort"] = $"{spec["host"]}:{spec["port"]}";
            spec.Remove("host");
            spec.Remove("port");
        }
        else if (spec["hostPort"] is { } hostPort)
        {
            var parts = hostPort.ToString().Split(':');
            (spec["host"], spec["port"]) = (parts[0], int.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture));
            spec.Remove("hostPort");
        }

        return item;
    }
}
