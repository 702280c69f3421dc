using System.Text;
using System.Text.Json.Nodes;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Bootstrap.Roles;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Tests.Webhooks;
using Petrel.Client.Api;
using Xunit;
using static Petrel.ApiServer.Tests.CustomResources.CustomKinds;

namespace Petrel.ApiServer.Tests.CustomResources;

/// <summary>What rules all kinds, rules custom ones: policies, webhooks, roles, selectors.</summary>
public sealed class CustomKindPolicyTests : IAsyncLifetime
{
    private const string Widgets = "/apis/example.com/v1/namespaces/default/widgets";
    private const string Newer = "/apis/example.com/v2/namespaces/default/widgets";
    private const string Registration = "/apis/admissionregistration.k8s.io/";

    private const string Definition = """
        {"apiVersion":"apiextensions.k8s.io/v1","kind":"CustomResourceDefinition","metadata":{"name":"widgets.example.com"},
         "spec":{"group":"example.com","scope":"Namespaced","names":{"plural":"widgets","singular":"widget","kind":"Widget"},
          "versions":[
           {"name":"v1","served":true,"storage":true,"selectableFields":[{"jsonPath":".spec.color"}],"subresources":{"status":{}},"schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","properties":{"color":{"type":"string"},"size":{"type":"integer"},"old":{"type":"string"}}},"status":{"type":"object","x-kubernetes-preserve-unknown-fields":true}}}}},
           {"name":"v2","served":true,"storage":false,"schema":{"openAPIV3Schema":{"type":"object","properties":{
             "spec":{"type":"object","properties":{"color":{"type":"string"},"size":{"type":"integer"}}}}}}}]}}
        """;

    private TestServer _server = null!;

    private IApi Api => _server.Admin;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
        {
            Features = Petrel.Api.Features.FeatureGates.Parse("MutatingAdmissionPolicy=true"),
            RuntimeConfiguration = Petrel.ApiServer.Registry.RuntimeConfiguration.Parse("admissionregistration.k8s.io/v1alpha1=true"),
        });
        await Api.DefineAsync(Definition, Newer);
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Validating_policies_see_objects_in_the_version_of_their_rules()
    {
        await Api.SendAsync("POST", Registration + "v1/validatingadmissionpolicies", """
            {"metadata":{"name":"p"},"spec":{"matchConstraints":{"resourceRules":[{"apiGroups":["example.com"],"apiVersions":["v2"],"operations":["CREATE"],"resources":["widgets"]}]},
             "validations":[{"expression":"object.apiVersion == 'example.com/v2' && object.spec.size < 3","message":"too large"}]}}
            """);
        await Api.SendAsync("POST", Registration + "v1/validatingadmissionpolicybindings", """{"metadata":{"name":"b"},"spec":{"policyName":"p","validationActions":["Deny"]}}""");
        var body = await UntilAsync(() => Api.SendAsync("POST", Widgets + "?dryRun=All", Widget("a", """{"size":5}""")), static answer => answer.Code == 422);
        Assert.Equal("widgets.example.com \"a\" is forbidden: ValidatingAdmissionPolicy 'p' with binding 'b' denied request: too large", body.Text("message"));
        Assert.Equal(201, (await Api.SendAsync("POST", Widgets, Widget("a", """{"size":2}"""))).Code);
    }

    [Fact]
    public async Task Mutating_policies_change_objects_in_the_version_of_their_rules()
    {
        await Api.SendAsync("POST", Registration + "v1alpha1/mutatingadmissionpolicies", """
            {"metadata":{"name":"p"},"spec":{"reinvocationPolicy":"Never","matchConstraints":{"resourceRules":[{"apiGroups":["example.com"],"apiVersions":["v1"],"operations":["CREATE"],"resources":["widgets"]}]},
             "mutations":[{"patchType":"ApplyConfiguration","applyConfiguration":{"expression":"Object{spec: Object.spec{color: 'red'}}"}}]}}
            """);
        await Api.SendAsync("POST", Registration + "v1alpha1/mutatingadmissionpolicybindings", """{"metadata":{"name":"b"},"spec":{"policyName":"p"}}""");
        await UntilAsync(() => Api.SendAsync("POST", Newer + "?dryRun=All", Widget("a", """{"size":5}""", "v2")), static answer => answer.Body.Text("spec", "color") == "red");
    }

    [Fact]
    public async Task Webhooks_are_asked_in_a_version_that_they_know()
    {
        await using var hook = await WebhookServer.StartAsync();
        hook.Patch("/paint", """[{"op":"add","path":"/spec/color","value":"blue"}]""");
        await Api.SendAsync("POST", Registration + "v1/mutatingwebhookconfigurations", $$"""
            {"metadata":{"name":"m"},"webhooks":[{"name":"m.example.com","sideEffects":"None","admissionReviewVersions":["v1"],"matchPolicy":"Equivalent",
             "clientConfig":{"url":"{{hook.Address}}/paint","caBundle":"{{WebhookServer.CaBundle}}"},
             "rules":[{"apiGroups":["example.com"],"apiVersions":["v2"],"operations":["CREATE"],"resources":["widgets"]}]}]}
            """);
        await UntilAsync(() => Api.SendAsync("POST", Widgets + "?dryRun=All", Widget("a", """{"size":5}""")), static answer => answer.Body.Text("spec", "color") == "blue");
        var request = hook.Questions.Last().Review["request"]!;
        Assert.Equal(("example.com/v2", "v2", "v1"), (request.Text("object", "apiVersion"), request.Text("kind", "version"), request.Text("requestKind", "version")));
    }

    [Fact]
    public async Task Roles_name_custom_resources_and_their_parts()
    {
        await new BootstrapPolicy().RunAsync(Api, CancellationToken.None);
        await Api.SendAsync("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/roles", """{"metadata":{"name":"r"},"rules":[{"apiGroups":["example.com"],"resources":["widgets"],"verbs":["get","create"]},{"apiGroups":["example.com"],"resources":["widgets/status"],"verbs":["patch"]}]}""");
        await Api.SendAsync("POST", "/apis/rbac.authorization.k8s.io/v1/namespaces/default/rolebindings", """{"metadata":{"name":"r"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"Role","name":"r"},"subjects":[{"kind":"User","name":"ann","apiGroup":"rbac.authorization.k8s.io"}]}""");
        var ann = _server.Server.As(new UserInfo("ann"), "test");
        await UntilAsync(() => ann.SendAsync("POST", Widgets, Widget("a", "{}")), static answer => answer.Code == 201);
        Assert.Equal(200, (await ann.SendAsync("GET", Newer + "/a")).Code);
        Assert.Equal(200, (await ann.SendAsync("PATCH", Widgets + "/a/status", """{"status":{"s":1}}""", Merge)).Code);
        var (code, body) = await ann.SendAsync("DELETE", Widgets + "/a");
        Assert.Equal((403, "widgets.example.com \"a\" is forbidden: User \"ann\" cannot delete resource \"widgets\" in API group \"example.com\" in the namespace \"default\""), (code, body.Text("message")));
    }

    [Fact]
    public async Task Selectors_see_selectable_fields()
    {
        await Api.SendAsync("POST", Widgets, Widget("a", """{"color":"red"}"""));
        await Api.SendAsync("POST", Widgets, Widget("b", """{"color":"blue"}"""));
        var (_, body) = await Api.SendAsync("GET", Widgets + "?fieldSelector=spec.color=red");
        Assert.Equal(["a"], body["items"]!.AsArray().Select(static item => item!.Text("metadata", "name")));
        (var code, body) = await Api.SendAsync("GET", Newer + "?fieldSelector=spec.color=red");
        Assert.Equal((400, "field label not supported: spec.color"), (code, body.Text("message")));

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await using var watch = Api.WatchAsync(new ApiRequest("GET", Widgets + "?watch=true&fieldSelector=spec.color=red"), stop.Token).GetAsyncEnumerator(stop.Token);
        Assert.Equal("ADDED a", await NextAsync());
        await Api.SendAsync("PATCH", Widgets + "/b", """{"spec":{"color":"red"}}""", Merge);
        Assert.Equal("ADDED b", await NextAsync());
        await Api.SendAsync("PATCH", Widgets + "/a", """{"spec":{"color":"blue"}}""", Merge);
        Assert.Equal("DELETED a", await NextAsync());

        async Task<string> NextAsync()
        {
            Assert.True(await watch.MoveNextAsync());
            return $"{watch.Current.Type} {JsonNode.Parse(Encoding.UTF8.GetString(watch.Current.Object.Span))!.Text("metadata", "name")}";
        }
    }

    [Fact]
    public async Task Appliers_of_two_versions_share_an_object()
    {
        await Api.ApplyAsync(Widgets + "/a?fieldManager=one", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {color: red, old: x}\n");
        var (code, body) = await Api.ApplyAsync(Newer + "/a?fieldManager=two", "apiVersion: example.com/v2\nkind: Widget\nmetadata: {name: a}\nspec: {color: blue}\n");
        Assert.Equal((409, ".spec.color"), (code, body["details"]!["causes"]![0]!.Text("field")));
        (code, _) = await Api.ApplyAsync(Newer + "/a?fieldManager=two", "apiVersion: example.com/v2\nkind: Widget\nmetadata: {name: a}\nspec: {size: 3}\n");
        Assert.Equal(200, code);
        (code, body) = await Api.ApplyAsync(Widgets + "/a?fieldManager=one", "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {color: red}\n");
        Assert.Equal((200, "red", "3", ""), (code, body.Text("spec", "color"), body.Text("spec", "size"), body.Text("spec", "old")));
    }

    private static string Widget(string name, string spec, string version = "v1") =>
        $$$"""{"apiVersion":"example.com/{{{version}}}","kind":"Widget","metadata":{"name":"{{{name}}}"},"spec":{{{spec}}} }""";
}
