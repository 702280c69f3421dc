using Petrel.Api.Features;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>What mutating admission policies do to objects.</summary>
public sealed class MutatingPolicyTests : IAsyncLifetime
{
    private const string Group = "/apis/admissionregistration.k8s.io/v1alpha1/";
    private const string ConfigMaps = """{"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE", "UPDATE"], "resources": ["configmaps"]}]}""";

    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
    {
        Features = FeatureGates.Parse("MutatingAdmissionPolicy=true"),
        RuntimeConfiguration = RuntimeConfiguration.Parse("admissionregistration.k8s.io/v1alpha1=true"),
    });

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task An_apply_configuration_is_laid_over_the_object()
    {
        await PolicyAsync("p", """{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{metadata: Object.metadata{labels: {'by': request.operation}}, data: {'b': object.data.a + '!'}}"}}""");
        await BindAsync("p");

        var (code, created) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata": {"name": "a", "labels": {"own": "1"}}, "data": {"a": "x"}}""");

        Assert.Equal(201, code);
        Assert.Equal(("x", "x!"), (created.Text("data", "a"), created.Text("data", "b")));
        Assert.Equal(("1", "CREATE"), (created.Text("metadata", "labels", "own"), created.Text("metadata", "labels", "by")));
    }

    [Fact]
    public async Task Json_patches_are_carried_out_in_order_and_each_sees_what_those_before_have_done()
    {
        await PolicyAsync(
            "p",
            """{"patchType": "JSONPatch", "jsonPatch": {"expression": "[JSONPatch{op: 'add', path: '/metadata/labels/' + jsonpatch.escapeKey('x/y'), value: variables.v}, JSONPatch{op: 'remove', path: '/data/a'}]"}}""",
            """{"patchType": "JSONPatch", "jsonPatch": {"expression": "[JSONPatch{op: 'add', path: '/data/n', value: string(size(object.data))}]"}}""");
        await BindAsync("p");

        var (code, created) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata": {"name": "a", "labels": {"l": ""}}, "data": {"a": "1", "b": "2"}}""");

        Assert.Equal(201, code);
        Assert.Equal("""{"b":"2","n":"1"}""", created["data"]!.ToJsonString());
        Assert.Equal("set", created.Text("metadata", "labels", "x/y"));
    }

    [Fact]
    public async Task A_policy_that_wants_to_is_asked_again_when_a_later_one_changed_the_object()
    {
        const string Count = """{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{data: {'count': string(size(object.data))}}"}}""";
        await MakePolicyAsync("a", "IfNeeded", Count);
        await PolicyAsync("b", """{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{data: {'more': 'x'}}"}}""");
        await BindAsync("a");
        await BindAsync("b");

        var (_, created) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata": {"name": "a"}, "data": {"k": "v"}}""");

        Assert.Equal("3", created.Text("data", "count"));
    }

    [Theory]
    [InlineData("IfNeeded", "hooked-x")]
    [InlineData("Never", "x")]
    public async Task A_policy_sees_what_webhooks_changed_only_when_it_wants_to(string reinvocation, string expected)
    {
        await using var webhook = await Webhooks.WebhookServer.StartAsync();
        webhook.Patch("/", """[{"op": "replace", "path": "/data/k", "value": "hooked-x"}]""");
        await MakePolicyAsync("p", reinvocation, """{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "Object{data: {'seen': object.data.k}}"}}""");
        await BindAsync("p");
        var (code, _) = await Server.Admin.SendAsync("POST", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", $$$"""
            {"metadata":{"name":"h"},"webhooks":[{"name":"h.example.com","sideEffects":"None","admissionReviewVersions":["v1"],
            "clientConfig":{"url":"{{{webhook.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}}}/","caBundle":"{{{Webhooks.WebhookServer.CaBundle}}}"},
            "rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]}]}
            """);
        Assert.Equal(201, code);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var (_, created) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps + "?dryRun=All", """{"metadata": {"name": "a"}, "data": {"k": "x"}}""");
            if (created.Text("data", "k") == "hooked-x")
            {
                Assert.Equal(expected, created.Text("data", "seen"));
                return;
            }

            Assert.False(patience.IsCancellationRequested, created.ToJsonString());
        }
    }

    [Fact]
    public async Task Managed_fields_that_cannot_be_read_any_more_are_put_back_with_a_warning()
    {
        await using var webhook = await Webhooks.WebhookServer.StartAsync();
        webhook.Patch("/", """[{"op": "replace", "path": "/metadata/managedFields/0/operation", "value": "Steal"}, {"op": "add", "path": "/data", "value": {"changed": "1"}}]""");
        using var client = TestServer.Client(await Server.ListenAsync(), Petrel.ApiServer.Pki.ComponentCertificates.IssueAdmin(TestServer.Pki.Authority));
        await Server.Admin.SendAsync("POST", "/apis/admissionregistration.k8s.io/v1/mutatingwebhookconfigurations", $$$"""
            {"metadata":{"name":"h"},"webhooks":[{"name":"h.example.com","sideEffects":"None","admissionReviewVersions":["v1"],
            "clientConfig":{"url":"{{{webhook.Address.Replace("127.0.0.1", "localhost", StringComparison.Ordinal)}}}/","caBundle":"{{{Webhooks.WebhookServer.CaBundle}}}"},
            "rules":[{"operations":["CREATE"],"apiGroups":[""],"apiVersions":["v1"],"resources":["configmaps"]}]}]}
            """);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var answer = await client.PostAsync(Requests.ConfigMaps + "?dryRun=All", new StringContent("""{"metadata": {"name": "a"}, "data": {"k": "x"}}""", null, "application/json"));
            var created = System.Text.Json.Nodes.JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
            if (created.Text("data", "changed") == "1")
            {
                Assert.Equal("Update", created["metadata"]!["managedFields"]![0]!.Text("operation"));
                Assert.Equal(
                    "299 - \".metadata.managedFields was in an invalid state after admission; this could be caused by an outdated mutating admission controller; please fix your requests: operation must be `Apply` or `Update`\"",
                    answer.Headers.GetValues("Warning").Single());
                return;
            }

            Assert.False(patience.IsCancellationRequested, created.ToJsonString());
        }
    }

    [Theory]
    [InlineData("Object{spec: Object.other{a: 1}}", "unexpected type name \\\"Object.other\\\", expected \\\"Object.spec\\\", which matches field name path from root Object type")]
    [InlineData("Object{data: {'x': object.data.missing}}", "no such key: missing")]
    public async Task What_cannot_be_evaluated_refuses_the_request(string expression, string error)
    {
        await PolicyAsync("p", $$$"""{"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "{{{expression}}}"}}""");
        await BindAsync("p");

        var (code, body) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps, """{"metadata": {"name": "a"}, "data": {"k": "v"}}""");

        Assert.Equal(403, code);
        Assert.StartsWith("configmaps \"a\" is forbidden: policy 'p' with binding 'p' denied request: ", body.Text("message"), StringComparison.Ordinal);
        Assert.Contains(error.Replace("\\\"", "\"", StringComparison.Ordinal), body.Text("message"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Policies_are_validated()
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Group + "mutatingadmissionpolicies", """
            {"metadata": {"name": "p"}, "spec": {"failurePolicy": "Later", "mutations": [
              {"patchType": "Other"}, {"patchType": "JSONPatch"}, {"patchType": "ApplyConfiguration", "applyConfiguration": {"expression": "1"}}]}}
            """);

        Assert.Equal(422, code);
        Assert.Equal(
            [
                "spec.failurePolicy Unsupported value: \"Later\": supported values: \"Fail\", \"Ignore\"",
                "spec.matchConstraints Required value",
                "spec.mutations[0].patchType Unsupported value: \"Other\": supported values: \"ApplyConfiguration\", \"JSONPatch\"",
                "spec.mutations[1].jsonPatch Required value: must be specified when patchType is JSONPatch",
                "spec.mutations[2].applyConfiguration.expression Invalid value: \"1\": must evaluate to Object but got int",
                "spec.reinvocationPolicy Required value",
            ],
            body["details"]!["causes"]!.AsArray().Select(static cause => $"{cause!["field"]} {cause["message"]}"));
    }

    private Task PolicyAsync(string name, params string[] mutations) => MakePolicyAsync(name, "Never", mutations);

    private async Task MakePolicyAsync(string name, string reinvocation, params string[] mutations)
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Group + "mutatingadmissionpolicies", $$$"""
            {"metadata": {"name": "{{{name}}}"}, "spec": {"matchConstraints": {{{ConfigMaps}}}, "variables": [{"name": "v", "expression": "'set'"}],
             "reinvocationPolicy": "{{{reinvocation}}}", "mutations": [{{{string.Join(", ", mutations)}}}]}}
            """);
        Assert.True(code == 201, body.ToJsonString());
    }

    // Bindings take effect a moment after they are stored: when an object that nobody keeps shows it.
    private async Task BindAsync(string name)
    {
        var before = await ProbeAsync();
        var (code, body) = await Server.Admin.SendAsync("POST", Group + "mutatingadmissionpolicybindings", $$$"""{"metadata": {"name": "{{{name}}}"}, "spec": {"policyName": "{{{name}}}"}}""");
        Assert.True(code == 201, body.ToJsonString());
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await ProbeAsync() == before)
        {
            late.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task<string> ProbeAsync()
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Requests.ConfigMaps + "?dryRun=All", """{"metadata": {"name": "probe", "labels": {"l": ""}}, "data": {"a": "1", "k": "v"}}""");
        return $"{code} {body["data"]?.ToJsonString()}";
    }
}
