using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Petrel.Client.Tests;
using Petrel.Storage;
using Petrel.Storage.Backends.Embedded;
using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>What the conditions of definitions say.</summary>
public sealed class DefinitionConditionTests
{
    private const string Name = Definitions + "/widgets.example.com";
    private const string Objects = "/apis/example.com/v1/namespaces/default/widgets";
    private const string NoVersion = "request to convert CR from an invalid group/version: example.com/v1alpha1";

    private const string Widgets = """
        {"metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},
          "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }]}}
        """;

    [Fact]
    public async Task A_schema_from_before_schemas_had_to_be_structural_is_told_of_until_it_is_good()
    {
        await using var store = EmbeddedStore.OpenInMemory();
        const string Old = """
            {"kind":"CustomResourceDefinition","apiVersion":"apiextensions.k8s.io/v1","metadata":{"name":"widgets.example.com","uid":"u","generation":1},
             "spec":{"group":"example.com","scope":"Namespaced","preserveUnknownFields":true,"names":{"plural":"widgets","singular":"widget","kind":"Widget","listKind":"WidgetList"},
              "conversion":{"strategy":"None"},
              "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object","properties":{"spec":{"properties":{"a":{"type":"string"}}}}}}}]},
             "status":{"conditions":[],"acceptedNames":{"plural":"","kind":""},"storedVersions":["v1"]}}
            """;
        var stored = JsonNode.Parse(Old)!.ToJsonString();
        await store.CommitAsync(Transaction.Put("/registry/customresourcedefinitions/widgets.example.com", Encoding.UTF8.GetBytes(stored), 0, 0));
        await using var server = await TestServer.StartAsync(store: store);
        var api = server.Admin;

        var body = await api.UntilAsync(Name, static answer => Condition(answer.Body, "Established") is { Status: "True" });
        Assert.Equal(
            ("True", "Violations", "[spec.preserveUnknownFields: Invalid value: true: must be false, spec.versions[0].schema.openAPIV3Schema.properties[spec].type: Required value: must not be empty for specified object fields]"),
            Condition(body, "NonStructuralSchema"));

        // What has no schema that could be pruned by keeps all.
        var (code, widget) = await api.SendAsync("POST", "/apis/example.com/v1/namespaces/default/widgets", """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"w"},"zz":1}""");
        Assert.Equal((201, "1"), (code, widget.Text("zz")));

        const string Good = """[{"op":"remove","path":"/spec/preserveUnknownFields"},{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/type","value":"object"}]""";
        Assert.Equal(200, (await api.SendAsync("PATCH", Name, Good, "application/json-patch+json")).Code);
        await api.UntilAsync(Name, static answer => Condition(answer.Body, "NonStructuralSchema") is null);
    }

    [Theory]
    [InlineData("https://github.com/x/y", "True", "ApprovedAnnotation", "approved in https://github.com/x/y")]
    [InlineData("unapproved, for a test", "False", "UnapprovedAnnotation", "not approved: \"unapproved, for a test\"")]
    public async Task Kinds_in_groups_of_the_project_say_who_approved_of_them(string annotation, string status, string reason, string message)
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.SendAsync("POST", Definitions, $$$"""
            {"metadata":{"name":"widgets.x.k8s.io","annotations":{"api-approved.kubernetes.io":"{{{annotation}}}"}},
             "spec":{"group":"x.k8s.io","scope":"Namespaced","names":{"plural":"widgets","kind":"Widget"},
              "versions":[{"name":"v1","served":true,"storage":true,"schema":{"openAPIV3Schema":{"type":"object"} } }]}}
            """);
        var body = await api.UntilAsync(Definitions + "/widgets.x.k8s.io", static answer => Condition(answer.Body, "Established") is { Status: "True" });
        Assert.Equal((status, reason, message), Condition(body, "KubernetesAPIApprovalPolicyConformant"));
    }

    [Fact]
    public async Task Objects_of_a_version_that_is_gone_are_told_of_before_anything_else()
    {
        await using var store = EmbeddedStore.OpenInMemory();
        await using var server = await TestServer.StartAsync(store: store);
        var api = server.Admin;
        await api.DefineAsync(Widgets, Objects);
        Assert.Equal(201, (await api.SendAsync("POST", Objects, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"}}""")).Code);
        await StoreOldAsync(store, "");

        using var client = TestServer.Client(await server.ListenAsync(), TestServer.Pki.Authority.IssueAdmin());
        foreach (var path in (string[])[Objects, Objects + "?pretty=1", Objects + "?limit=5", Objects + "?labelSelector=a", Objects + "/b"])
        {
            using var answer = await client.GetAsync(path);
            var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            Assert.Equal((500, "Status", "Failure", NoVersion), ((int)answer.StatusCode, body.Text("kind"), body.Text("status"), body.Text("message")));
        }

        // A page that ends before it is answered.
        var (code, page) = await api.SendAsync("GET", Objects + "?limit=1");
        Assert.Equal((200, "a"), (code, page["items"]!.AsArray().Single()!.Text("metadata", "name")));
    }

    [Fact]
    public async Task The_end_of_a_kind_is_told_step_by_step()
    {
        var time = new ManualTime();
        await using var server = await TestServer.StartAsync(time: time);
        var api = server.Admin;
        await api.DefineAsync(Widgets, Objects);
        await api.UntilAsync(Name, static answer => Condition(answer.Body, "Established") is { Status: "True" });
        var (_, definition) = await api.SendAsync("PATCH", Name, """{"metadata":{"finalizers":["example.com/last"]}}""", Merge);
        Assert.Equal(201, (await api.SendAsync("POST", Objects, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"}}""")).Code);
        Assert.Equal(201, (await api.SendAsync("POST", Objects, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"b","finalizers":["example.com/keep"]}}""")).Code);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var states = StatesAsync(api, definition, patience.Token).GetAsyncEnumerator(patience.Token);
        await api.SendAsync("DELETE", Name);

        await ExpectAsync(states, "True InstanceDeletionPending: CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
        await ExpectAsync(states, "True InstanceDeletionInProgress: CustomResource deletion is in progress");
        await api.UntilAsync(Objects + "/a", static answer => answer.Code == 404);

        // One that its finalizer keeps for longer than is waited; then everything begins again.
        const string Check = "True InstanceDeletionCheck: could not confirm zero CustomResources remaining: timed out waiting for the condition";
        Assert.Equal(Check, await NextAsync(states, time));
        Assert.Equal("True InstanceDeletionInProgress: CustomResource deletion is in progress", await NextAsync(states, time));
        var (code, refused) = await api.SendAsync("POST", Objects, """{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"c"}}""");
        Assert.Equal((405, "MethodNotAllowed"), (code, refused.Text("reason")));
        await api.SendAsync("PATCH", Objects + "/b", """{"metadata":{"finalizers":null}}""", Merge);
        Assert.Equal("False InstanceDeletionCompleted: removed all instances", await NextAsync(states, time));
        await api.SendAsync("PATCH", Name, """{"metadata":{"finalizers":null}}""", Merge);
        Assert.Equal("DELETED False InstanceDeletionCompleted: removed all instances", await NextAsync(states, time));
    }

    [Fact]
    public async Task Objects_that_cannot_be_listed_keep_their_definition()
    {
        await using var store = EmbeddedStore.OpenInMemory();
        await using var server = await TestServer.StartAsync(store: store);
        var api = server.Admin;
        await api.DefineAsync(Widgets, Objects);
        await StoreOldAsync(store, "");
        await api.SendAsync("DELETE", Name);
        await api.UntilAsync(Name, static answer => Condition(answer.Body, "Terminating") == ("True", "InstanceDeletionFailed", "could not list instances: " + NoVersion));

        // Its version comes back, and it goes with the rest.
        const string Old = """[{"op":"add","path":"/spec/versions/-","value":{"name":"v1alpha1","served":false,"storage":false,"schema":{"openAPIV3Schema":{"type":"object"}}}}]""";
        Assert.Equal(200, (await api.SendAsync("PATCH", Name, Old, "application/json-patch+json")).Code);
        await api.UntilAsync(Name, static answer => answer.Code == 404);
    }

    [Fact]
    public async Task A_kind_that_was_never_served_goes_at_once()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.DefineAsync(Widgets, Objects);
        const string Rival = "rivals.example.com";
        await api.SendAsync("POST", Definitions, Widgets.Replace("widgets.example.com", Rival, StringComparison.Ordinal).Replace("\"plural\":\"widgets\"", "\"plural\":\"rivals\"", StringComparison.Ordinal));
        await api.UntilAsync(Definitions + "/" + Rival, static answer => Condition(answer.Body, "Established") is { Reason: "NotAccepted" });
        var (_, definition) = await api.SendAsync("PATCH", Definitions + "/" + Rival, """{"metadata":{"finalizers":["example.com/last"]}}""", Merge);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var states = StatesAsync(api, definition, patience.Token).GetAsyncEnumerator(patience.Token);
        await api.SendAsync("DELETE", Definitions + "/" + Rival);
        await ExpectAsync(states, "True InstanceDeletionPending: CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon");
        await ExpectAsync(states, "True InstanceDeletionInProgress: CustomResource deletion is in progress");
        await ExpectAsync(states, "False NeverEstablished: resource was never established");
    }

    /// <summary>What the condition Terminating says, in each later state of a definition that has it.</summary>
    private static async IAsyncEnumerable<string> StatesAsync(IApi api, JsonNode definition, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (name, version) = (definition.Text("metadata", "name"), definition.Text("metadata", "resourceVersion"));
        await foreach (var change in api.WatchAsync(new ApiRequest("GET", $"{Definitions}?watch=1&fieldSelector=metadata.name={name}&resourceVersion={version}"), cancellationToken))
        {
            if (Condition(JsonNode.Parse(change.Object.Span)!, "Terminating") is { } found)
            {
                yield return $"{(change.Type == "DELETED" ? "DELETED " : "")}{found.Status} {found.Reason}: {found.Message}";
            }
        }
    }

    private static async Task ExpectAsync(IAsyncEnumerator<string> states, string expected)
    {
        Assert.True(await states.MoveNextAsync());
        Assert.Equal(expected, states.Current);
    }

    /// <summary>The next state while time passes.</summary>
    private static async Task<string> NextAsync(IAsyncEnumerator<string> states, ManualTime time)
    {
        var next = states.MoveNextAsync().AsTask();
        while (!next.IsCompleted)
        {
            time.Advance(TimeSpan.FromMilliseconds(500));
            await Task.WhenAny(next, Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, CancellationToken.None));
        }

        Assert.True(await next);
        return states.Current;
    }

    /// <summary>An object as a server has left it whose definition still had the version v1alpha1.</summary>
    private static Task StoreOldAsync(EmbeddedStore store, string metadata) => store.CommitAsync(Transaction.Put(
        "/registry/example.com/widgets/default/b", Encoding.UTF8.GetBytes($$$"""{"kind":"Widget","apiVersion":"example.com/v1alpha1","metadata":{"name":"b","namespace":"default","uid":"u"{{{metadata}}} }}"""), 0, 0)).AsTask();

    private static (string Status, string Reason, string Message)? Condition(JsonNode definition, string type) =>
        definition["status"]?["conditions"]?.AsArray().FirstOrDefault(condition => condition!.Text("type") == type) is { } found
            ? (found.Text("status"), found.Text("reason"), found.Text("message"))
            : null;
}
