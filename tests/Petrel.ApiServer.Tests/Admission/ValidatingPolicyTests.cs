using System.Text.Json.Nodes;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

public sealed class ValidatingPolicyTests : IAsyncLifetime
{
    private const string Group = "/apis/admissionregistration.k8s.io/v1/";
    private const string Policies = Group + "validatingadmissionpolicies";
    private const string Bindings = Group + "validatingadmissionpolicybindings";
    private const string Everything = """{"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["*"], "resources": ["configmaps"]}]}""";

    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync();

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task Every_unmet_binding_refuses_with_policy_and_binding_named()
    {
        await PolicyAsync("""{"validations": [{"expression": "object.metadata.name != 'a'", "message": "not a"}, {"expression": "!('k' in object.?data.orValue({})) || object.data.k == 'v'", "reason": "Forbidden"}]}""");
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        await RefusedAsync("a", 422, "not a");
        var (code, body) = await CreateAsync("b", """{"k": "w"}""");
        Assert.Equal((403, "Forbidden"), (code, body.Text("reason")));
        Assert.Equal(
            "configmaps \"b\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'p' denied request: failed expression: !('k' in object.?data.orValue({})) || object.data.k == 'v'",
            body.Text("message"));
        Assert.Equal("configmaps", body.Text("details", "kind"));
        Assert.Equal(201, (await CreateAsync("b", """{"k": "v"}""")).Code);
    }

    [Fact]
    public async Task A_policy_without_binding_does_nothing_and_a_removed_one_nothing_more()
    {
        await PolicyAsync("""{"validations": [{"expression": "false", "message": "no"}]}""");
        Assert.Equal(201, (await CreateAsync("a")).Code);
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        await RefusedAsync("b", 422, "no");
        await Server.Admin.SendAsync("DELETE", Bindings + "/p");
        await Until(async () => (await CreateAsync("b")).Code == 201);
    }

    [Fact]
    public async Task Params_are_found_by_name_and_by_labels()
    {
        await CreateAsync("limit-1", """{"max": "1"}""", """{"role": "limit"}""");
        await CreateAsync("limit-2", """{"max": "3"}""", """{"role": "limit"}""");
        await PolicyAsync("""
            {"paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}, "matchConditions": [{"name": "named", "expression": "object.metadata.name.startsWith('x')"}],
             "validations": [{"expression": "int(object.data.n) <= int(params.data.max)", "messageExpression": "'at most ' + params.data.max"}]}
            """);
        await BindingAsync("""{"validationActions": ["Deny"], "paramRef": {"name": "limit-2", "parameterNotFoundAction": "Deny"}}""");
        await RefusedAsync("x1", 422, "at most 3", """{"n": "4"}""");
        Assert.Equal(201, (await CreateAsync("x2", """{"n": "2"}""")).Code);
        await Server.Admin.SendAsync("DELETE", Bindings + "/p");
        await BindingAsync("""{"validationActions": ["Deny"], "paramRef": {"selector": {"matchLabels": {"role": "limit"}}, "parameterNotFoundAction": "Deny"}}""", "q");
        await RefusedAsync("x3", 422, "at most 1", """{"n": "2"}""", "q");
        Assert.Equal(201, (await CreateAsync("y", """{"n": "9"}""")).Code);
    }

    [Fact]
    public async Task Missing_params_refuse_or_not_as_the_binding_says()
    {
        await PolicyAsync("""{"paramKind": {"apiVersion": "v1", "kind": "ConfigMap"}, "validations": [{"expression": "false", "message": "no"}]}""");
        await BindingAsync("""{"validationActions": ["Deny"], "paramRef": {"name": "none", "parameterNotFoundAction": "Allow"}}""", "allow");
        Assert.Equal(201, (await CreateAsync("a")).Code);
        await BindingAsync("""{"validationActions": ["Deny"], "paramRef": {"name": "none", "parameterNotFoundAction": "Deny"}}""");
        await RefusedAsync("b", 422, "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction");
    }

    [Fact]
    public async Task The_authorizer_and_the_namespace_can_be_asked()
    {
        await PolicyAsync("""
            {"validations": [
              {"expression": "authorizer.group('').resource('secrets').namespace('default').check('create').allowed() && authorizer.requestResource.check('create').allowed()", "message": "may"},
              {"expression": "!authorizer.serviceAccount('default', 'nobody').path('/metrics').check('get').allowed()", "message": "may not"},
              {"expression": "namespaceObject.metadata.name == 'default' && request.userInfo.username == 'admin' && 'system:masters' in request.userInfo.groups", "message": "request"},
              {"expression": "object.metadata.name != 'stop'", "message": "stop"}]}
            """);
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        await RefusedAsync("stop", 422, "stop");
        Assert.Equal(201, (await CreateAsync("go")).Code);
    }

    [Fact]
    public async Task Errors_refuse_unless_the_policy_ignores_them()
    {
        await PolicyAsync("""{"failurePolicy": "Fail", "validations": [{"expression": "object.data.zz == '1'"}], "auditAnnotations": [{"key": "k", "valueExpression": "'v'"}]}""");
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        await RefusedAsync("a", 422, "expression 'object.data.zz == '1'' resulted in error: no such key: data");
        await Server.Admin.SendAsync("PATCH", Policies + "/p", """{"spec": {"failurePolicy": "Ignore"}}""", "application/merge-patch+json");
        await Until(async () => (await CreateAsync("a")).Code == 201);
    }

    [Fact]
    public async Task Hostile_expressions_end_at_their_budget()
    {
        var list = "[" + string.Join(',', Enumerable.Repeat("1", 200)) + "]";
        await PolicyAsync($$"""
            {"variables": [{"name": "l", "expression": "{{list}}"}, {"name": "big", "expression": "variables.l.map(a, variables.l.map(b, variables.l.map(c, 1)))"}],
             "validations": [{"expression": "variables.big.size() > 0"}]}
            """);
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        await RefusedAsync("a", 422, "expression 'variables.big.size() > 0' resulted in error: composited variable \"big\" fails to evaluate: operation cancelled: actual cost limit exceeded");
    }

    [Fact]
    public async Task Equivalent_resources_match_unless_exact_is_asked_for()
    {
        await PolicyAsync("""
            {"matchConstraints": {"resourceRules": [{"apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["events"]}]},
             "validations": [{"expression": "request.requestResource.group == request.resource.group", "messageExpression": "request.kind.group + '/' + request.requestKind.group"}]}
            """);
        await BindingAsync("""{"validationActions": ["Deny"]}""");
        const string Event = """
            {"metadata": {"name": "e"}, "eventTime": "2026-01-01T00:00:00.000000Z", "reportingController": "c.io/x", "reportingInstance": "i", "action": "a", "reason": "r", "type": "Normal", "regarding": {"namespace": "default"}}
            """;
        await Until(async () => (await Server.Admin.SendAsync("POST", "/apis/events.k8s.io/v1/namespaces/default/events?dryRun=All", Event)).Body.Text("message")
            .EndsWith("denied request: /events.k8s.io", StringComparison.Ordinal));
    }

    private async Task PolicyAsync(string spec)
    {
        var node = JsonNode.Parse(spec)!.AsObject();
        if (!node.ContainsKey("matchConstraints"))
        {
            node["matchConstraints"] = JsonNode.Parse(Everything);
        }

        var (code, body) = await Server.Admin.SendAsync("POST", Policies, new JsonObject { ["metadata"] = new JsonObject { ["name"] = "p" }, ["spec"] = node }.ToJsonString());
        Assert.True(code == 201, body.ToString());
    }

    private async Task BindingAsync(string spec, string name = "p")
    {
        var node = JsonNode.Parse(spec)!;
        node["policyName"] = "p";
        var (code, body) = await Server.Admin.SendAsync("POST", Bindings, new JsonObject { ["metadata"] = new JsonObject { ["name"] = name }, ["spec"] = node }.ToJsonString());
        Assert.True(code == 201, body.ToString());
    }

    private Task<(int Code, JsonNode Body)> CreateAsync(string name, string data = "null", string labels = "null", bool dryRun = false) =>
        Server.Admin.SendAsync("POST", Requests.ConfigMaps + (dryRun ? "?dryRun=All" : ""), $$"""{"metadata": {"name": "{{name}}", "labels": {{labels}}}, "data": {{data}}}""");

    // Policies come into force a moment after they are stored.
    private async Task RefusedAsync(string name, int code, string message, string data = "null", string binding = "p")
    {
        (int Code, JsonNode Body) answer = (0, new JsonObject());
        await Until(async () => (answer = await CreateAsync(name, data, dryRun: true)).Code != 201);
        Assert.Equal($"configmaps \"{name}\" is forbidden: ValidatingAdmissionPolicy 'p' with binding '{binding}' denied request: {message}", answer.Body.Text("message"));
        Assert.Equal(code, answer.Code);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await holds())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
