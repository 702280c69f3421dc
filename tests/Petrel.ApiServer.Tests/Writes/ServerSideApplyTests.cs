using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Rbac;
using Petrel.ApiServer.Authentication;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Writes;

/// <summary>PATCH with application/apply-patch+yaml (KEP-555).</summary>
public sealed class ServerSideApplyTests : IAsyncLifetime
{
    private const string Path = Requests.ConfigMaps + "/c";
    private TestServer _server = null!;
    private IApi _api = null!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        _api = _server.Admin;
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task A_missing_object_is_created_with_its_applier_as_owner()
    {
        var (code, created) = await _api.ApplyAsync(Path + "?fieldManager=m1", Map("a: '1'"));
        Assert.Equal(201, code);
        Assert.Equal("Apply", created["metadata"]!["managedFields"]![0]!.Text("operation"));
        Assert.Equal("""{"f:data":{"f:a":{}}}""", created["metadata"]!["managedFields"]![0]!["fieldsV1"]!.ToJsonString());
        Assert.Equal("1", (await _api.GetAsync<ConfigMap>("default", "c", default)).Data["a"]);
    }

    [Fact]
    public async Task The_same_configuration_again_changes_nothing()
    {
        var (_, first) = await _api.ApplyAsync(Path + "?fieldManager=m1", Map("a: '1'"));
        var (code, second) = await _api.ApplyAsync(Path + "?fieldManager=m1", Map("a: '1'"));
        Assert.Equal(200, code);
        Assert.Equal(first.ToJsonString(), second.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_is_left_out_next_time_goes_and_others_stay()
    {
        await _api.ApplyAsync(Path + "?fieldManager=m1", Map("{a: '1', b: '2'}"));
        await _api.ApplyAsync(Path + "?fieldManager=m2", Map("c: '3'"));
        await _api.ApplyAsync(Path + "?fieldManager=m1", Map("a: '1'"));
        Assert.Equal(["a", "c"], (await _api.GetAsync<ConfigMap>("default", "c", default)).Data.Keys.Order());
    }

    [Fact]
    public async Task What_another_manager_owns_is_a_conflict_unless_forced()
    {
        await _api.ApplyAsync(Path + "?fieldManager=m1", Map("a: '1'"));
        var (code, conflict) = await _api.ApplyAsync(Path + "?fieldManager=m2", Map("a: '2'"));
        Assert.Equal(409, code);
        Assert.Equal("Apply failed with 1 conflict: conflict with \"m1\": .data.a", conflict.Text("message"));
        var cause = conflict["details"]!["causes"]![0]!;
        Assert.Equal(("FieldManagerConflict", "conflict with \"m1\"", ".data.a"), (cause.Text("reason"), cause.Text("message"), cause.Text("field")));

        var (forced, taken) = await _api.ApplyAsync(Path + "?fieldManager=m2&force=true", Map("a: '2'"));
        Assert.Equal((200, "2"), (forced, taken.Text("data", "a")));
        Assert.Equal("m2", Assert.Single(taken["metadata"]!["managedFields"]!.AsArray())!.Text("manager"));
    }

    [Theory]
    [InlineData("", 422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Required value: is required for apply patch")]
    [InlineData("?fieldManager=a%0A", 422, "PatchOptions.meta.k8s.io \"\" is invalid: fieldManager: Invalid value: \"a\\n\": invalid character U+000A (at position 1)")]
    [InlineData("?fieldManager=m&dryRun=true", 422, "PatchOptions.meta.k8s.io \"\" is invalid: dryRun: Unsupported value: []string{\"true\"}: supported values: \"All\"")]
    public async Task Bad_options_are_refused(string query, int code, string message)
    {
        var (got, status) = await _api.ApplyAsync(Path + query, Map("a: '1'"));
        Assert.Equal((code, message), (got, status.Text("message")));
    }

    [Fact]
    public async Task Force_is_for_apply_only()
    {
        await _api.ApplyAsync(Path + "?fieldManager=m", Map("a: '1'"));
        var (code, status) = await _api.SendAsync("PATCH", Path + "?force=true", """{"data":{"a":"2"}}""", "application/merge-patch+json");
        Assert.Equal((422, "PatchOptions.meta.k8s.io \"\" is invalid: force: Forbidden: may not be specified for non-apply patch"), (code, status.Text("message")));
    }

    [Theory]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, managedFields: []}", 400, "metadata.managedFields must be nil")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: d}", 400, "the name of the object (d) does not match the name on the URL (c)")]
    [InlineData("apiVersion: v1\nkind: ConfigMap", 400, "the name of the object (c based on URL) was undeterminable: name must be provided")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, namespace: x}", 400, "the namespace of the provided object does not match the namespace sent on the request")]
    [InlineData("apiVersion: v1\nkind: Secret\nmetadata: {name: c}", 400, "invalid object type: /v1, Kind=Secret")]
    [InlineData("[]", 400, "error decoding YAML: error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type map[string]interface {}")]
    [InlineData("a: b: c", 400, "error decoding YAML: error converting YAML to JSON: yaml: mapping values are not allowed in this context")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c, uid: 11111111-2222-3333-4444-555555555555}", 409, "Operation cannot be fulfilled on configmaps \"c\": uid mismatch: the provided object specified uid 11111111-2222-3333-4444-555555555555, and no existing object was found")]
    public async Task Bad_configurations_are_refused(string yaml, int code, string message)
    {
        var (got, status) = await _api.ApplyAsync(Path + "?fieldManager=m", yaml);
        Assert.Equal((code, message), (got, status.Text("message")));
    }

    [Theory]
    [InlineData("application/apply-patch+json")]
    [InlineData("application/apply-patch+cbor")]
    [InlineData("application/json")]
    public async Task Other_formats_are_refused(string contentType)
    {
        var (code, status) = await _api.SendAsync("PATCH", Path + "?fieldManager=m", "{}", contentType);
        Assert.Equal((415, "UnsupportedMediaType"), (code, status.Text("reason")));
    }

    [Fact]
    public async Task A_resource_version_is_a_precondition_of_a_change_and_ignored_by_a_create()
    {
        var (created, first) = await _api.ApplyAsync(Path + "?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, metadata: {name: c, resourceVersion: '1'}, data: {a: '1'}}");
        Assert.Equal(201, created);
        var old = first.Text("metadata", "resourceVersion");
        await _api.ApplyAsync(Path + "?fieldManager=m", Map("a: '2'"));
        var (code, status) = await _api.ApplyAsync(Path + "?fieldManager=m", $"{{apiVersion: v1, kind: ConfigMap, metadata: {{name: c, resourceVersion: '{old}'}}, data: {{a: '3'}}}}");
        Assert.Equal((409, "Conflict"), (code, status.Text("reason")));
    }

    [Fact]
    public async Task A_dry_run_stores_nothing_and_shows_no_version()
    {
        var (code, shown) = await _api.ApplyAsync(Path + "?fieldManager=m&dryRun=All", Map("a: '1'"));
        Assert.Equal((201, ""), (code, shown.Text("metadata", "resourceVersion")));
        Assert.Null(await _api.FindAsync<ConfigMap>("default", "c", default));
    }

    [Fact]
    public async Task Duplicate_keys_are_refused_only_when_strict()
    {
        var yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata:\n  a: '1'\n  a: '2'\n";
        var (strict, status) = await _api.ApplyAsync(Path + "?fieldManager=m&fieldValidation=Strict", yaml);
        Assert.Equal((400, "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 6: key \"a\" already set in map"), (strict, status.Text("message")));
        Assert.Equal(201, (await _api.ApplyAsync(Path + "?fieldManager=m", yaml)).Code);
    }

    [Fact]
    public async Task Who_may_patch_may_not_create()
    {
        var rules = new[] { new PolicyRule { Verbs = ["patch", "get"], ApiGroups = [""], Resources = ["configmaps"] } };
        await _api.CreateAsync(new Role { Metadata = new ObjectMeta { Name = "patcher", Namespace = "default" }, Rules = [.. rules] }, default);
        await _api.CreateAsync(
            new RoleBinding
            {
                Metadata = new ObjectMeta { Name = "patcher", Namespace = "default" },
                RoleRef = new RoleRef { ApiGroup = "rbac.authorization.k8s.io", Kind = "Role", Name = "patcher" },
                Subjects = [new Subject { ApiGroup = "rbac.authorization.k8s.io", Kind = "User", Name = "jane" }],
            },
            default);
        var jane = _server.Server.As(new UserInfo("jane") { Groups = [SystemIdentities.AuthenticatedGroup] }, "test");
        await _api.ApplyAsync(Requests.ConfigMaps + "/old?fieldManager=m", "{apiVersion: v1, kind: ConfigMap, metadata: {name: old}}");

        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while ((await jane.ApplyAsync(Requests.ConfigMaps + "/old?fieldManager=jane", "{apiVersion: v1, kind: ConfigMap, metadata: {name: old}, data: {a: '1'}}")).Code != 200)
        {
            // A binding counts a moment after it is stored.
            Assert.False(deadline.IsCancellationRequested);
        }

        var (code, status) = await jane.ApplyAsync(Path + "?fieldManager=jane", Map("a: '1'"));
        Assert.Equal((403, "Forbidden"), (code, status.Text("reason")));
        Assert.Null(await _api.FindAsync<ConfigMap>("default", "c", default));
    }

    [Fact]
    public async Task A_status_is_applied_only_to_what_exists()
    {
        const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
        Assert.Equal(404, (await _api.ApplyAsync(Deployments + "/d/status?fieldManager=m", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, status: {replicas: 1}}")).Code);

        Assert.Equal(201, (await _api.ApplyAsync(Deployments + "/d?fieldManager=m", Deployment())).Code);
        var (code, shown) = await _api.ApplyAsync(Deployments + "/d/status?fieldManager=s", "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 7}, status: {replicas: 1}}");
        Assert.Equal((200, "1", "2"), (code, shown.Text("status", "replicas"), shown.Text("spec", "replicas")));
        var entry = shown["metadata"]!["managedFields"]!.AsArray().Single(static entry => entry!.Text("manager") == "s")!;
        Assert.Equal(("status", """{"f:status":{"f:replicas":{}}}"""), (entry.Text("subresource"), entry["fieldsV1"]!.ToJsonString()));
    }

    [Fact]
    public async Task A_scale_is_applied_against_the_owners_of_the_replicas()
    {
        const string Deployments = "/apis/apps/v1/namespaces/default/deployments";
        await _api.ApplyAsync(Deployments + "/d?fieldManager=m", Deployment());
        const string Scale = "{apiVersion: autoscaling/v1, kind: Scale, metadata: {name: d}, spec: {replicas: 5}}";
        var (code, conflict) = await _api.ApplyAsync(Deployments + "/d/scale?fieldManager=hpa", Scale);
        Assert.Equal((409, "Apply failed with 1 conflict: conflict with \"m\": .spec.replicas"), (code, conflict.Text("message")));

        var (forced, scale) = await _api.ApplyAsync(Deployments + "/d/scale?fieldManager=hpa&force=true", Scale);
        Assert.Equal((200, "5"), (forced, scale.Text("spec", "replicas")));
        var (_, deployment) = await _api.SendAsync("GET", Deployments + "/d");
        var entry = deployment["metadata"]!["managedFields"]!.AsArray().Single(static entry => entry!.Text("manager") == "hpa")!;
        Assert.Equal(
            ("Apply", "apps/v1", "scale", """{"f:spec":{"f:replicas":{}}}"""),
            (entry.Text("operation"), entry.Text("apiVersion"), entry.Text("subresource"), entry["fieldsV1"]!.ToJsonString()));
        Assert.DoesNotContain("f:replicas", deployment["metadata"]!["managedFields"]!.AsArray().Single(static entry => entry!.Text("manager") == "m")!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Kubectl_takes_over_what_it_applied_from_the_client_side()
    {
        const string Before = """{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"c","annotations":{"kubectl.kubernetes.io/last-applied-configuration":"{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"c\"},\"data\":{\"a\":\"1\"}}"}},"data":{"a":"1"}}""";
        await _api.SendAsync("POST", Requests.ConfigMaps + "?fieldManager=kubectl-client-side-apply", Before);
        var (code, taken) = await _api.ApplyAsync(Path + "?fieldManager=kubectl", Map("a: '2'"));
        Assert.Equal((200, "2"), (code, taken.Text("data", "a")));
        var lastApplied = JsonNode.Parse(taken.Text("metadata", "annotations", "kubectl.kubernetes.io/last-applied-configuration"))!;
        Assert.Equal("2", lastApplied.Text("data", "a"));
    }

    [Fact]
    public async Task Appliers_at_the_same_time_lose_nothing()
    {
        var appliers = Enumerable.Range(0, 24).Select(async number =>
            (await _api.ApplyAsync($"{Path}?fieldManager=m{number}", Map($"k{number}: '{number}'"))).Code);
        Assert.Single(await Task.WhenAll(appliers), 201);
        Assert.Equal(24, (await _api.GetAsync<ConfigMap>("default", "c", default)).Data.Count);
    }

    private static string Map(string data) => $"apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata: {(data.StartsWith('{') ? data : "{" + data + "}")}\n";

    private static string Deployment() =>
        "{apiVersion: apps/v1, kind: Deployment, metadata: {name: d}, spec: {replicas: 2, selector: {matchLabels: {a: b}}, template: {metadata: {labels: {a: b}}, spec: {containers: [{name: c, image: i}]}}}}";
}
