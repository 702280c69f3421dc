using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>How pod security policies hold pods to what they allow.</summary>
public sealed class PodSecurityPolicyTests : IAsyncLifetime
{
    private const string Policies = "/apis/policy/v1beta1/podsecuritypolicies";
    private const string Pods = "/api/v1/namespaces/default/pods";

    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync() => _server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
    {
        Admission = new AdmissionOptions { EnablePlugins = ["PodSecurityPolicy"], DisablePlugins = ["ServiceAccount"] },
        RuntimeConfiguration = RuntimeConfiguration.Parse("policy/v1beta1/podsecuritypolicies=true"),
    });

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task Without_a_policy_no_pod_is_admitted()
    {
        var (code, body) = await CreateAsync("{}");

        Assert.Equal(403, code);
        Assert.Equal("""pods "a" is forbidden: PodSecurityPolicy: unable to admit pod: []""", body.Text("message"));
    }

    [Fact]
    public async Task A_pod_that_asks_for_nothing_gets_what_the_policy_gives()
    {
        await PolicyAsync("strict", """
            "allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true, "requiredDropCapabilities": ["ALL"],
            "runAsUser": {"rule": "MustRunAs", "ranges": [{"min": 1000, "max": 2000}]}, "fsGroup": {"rule": "MustRunAs", "ranges": [{"min": 5, "max": 9}]}
            """);

        var (code, pod) = await CreateAsync("{}");

        Assert.True(code == 201, pod.ToJsonString());
        Assert.Equal("strict", pod.Text("metadata", "annotations", "kubernetes.io/psp"));
        Assert.Equal("5", pod.Text("spec", "securityContext", "fsGroup"));
        var context = pod["spec"]!["containers"]![0]!["securityContext"]!;
        Assert.Equal(("1000", "true", "false"), (context.Text("runAsUser"), context.Text("readOnlyRootFilesystem"), context.Text("allowPrivilegeEscalation")));
        Assert.Equal("""["ALL"]""", context["capabilities"]!["drop"]!.ToJsonString());
    }

    [Fact]
    public async Task A_policy_that_leaves_the_pod_as_it_is_is_preferred()
    {
        await PolicyAsync("a-fills", "\"readOnlyRootFilesystem\": true");
        await PolicyAsync("b-leaves", "\"privileged\": true");

        var (_, pod) = await CreateAsync("{}");

        Assert.Equal("b-leaves", pod.Text("metadata", "annotations", "kubernetes.io/psp"));
    }

    [Theory]
    [InlineData("""{"privileged": true}""", "spec.containers[0].securityContext.privileged: Invalid value: true: Privileged containers are not allowed")]
    [InlineData("""{"capabilities": {"add": ["NET_ADMIN"]}}""", "spec.containers[0].securityContext.capabilities.add: Invalid value: \"NET_ADMIN\": capability may not be added")]
    [InlineData("""{"runAsUser": 0}""", "spec.containers[0].securityContext.runAsUser: Invalid value: 0: running with the root UID is forbidden")]
    public async Task What_no_policy_allows_is_refused_with_every_reason(string securityContext, string reason)
    {
        await PolicyAsync("limited", "\"runAsUser\": {\"rule\": \"MustRunAsNonRoot\"}");

        var (code, body) = await CreateAsync(securityContext, "\"hostNetwork\": true,");

        Assert.Equal(403, code);
        Assert.Equal(
            $"pods \"a\" is forbidden: PodSecurityPolicy: unable to admit pod: [spec.securityContext.hostNetwork: Invalid value: true: Host network is not allowed to be used {reason}]",
            body.Text("message"));
    }

    [Fact]
    public async Task Policies_are_validated()
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Policies, """
            {"metadata": {"name": "bad"}, "spec": {"seLinux": {"rule": "RunAsAny"}, "runAsUser": {"rule": "MustRunAs", "ranges": [{"min": 5, "max": 2}]},
             "supplementalGroups": {"rule": "RunAsAny"}, "fsGroup": {"rule": "Other"}, "volumes": ["tape"], "requiredDropCapabilities": ["A"], "allowedCapabilities": ["A"]}}
            """);

        Assert.Equal(422, code);
        Assert.Equal(
            ["spec.runAsUser.ranges[0].min", "spec.fsGroup.rule", "spec.volumes[0]", "allowedCapabilities"],
            body["details"]!["causes"]!.AsArray().Select(static cause => cause!["field"]!.GetValue<string>()));
    }

    private async Task PolicyAsync(string name, string rules)
    {
        string[] strategies = ["seLinux", "runAsUser", "supplementalGroups", "fsGroup"];
        var rest = string.Concat(strategies.Where(strategy => !rules.Contains($"\"{strategy}\"", StringComparison.Ordinal)).Select(static strategy => $", \"{strategy}\": {{\"rule\": \"RunAsAny\"}}"));
        var (code, body) = await Server.Admin.SendAsync("POST", Policies, $$$"""{"metadata": {"name": "{{{name}}}"}, "spec": {"volumes": ["*"], {{{rules}}}{{{rest}}}}}""");
        Assert.True(code == 201, body.ToJsonString());
    }

    private Task<(int Code, System.Text.Json.Nodes.JsonNode Body)> CreateAsync(string securityContext, string spec = "") => Server.Admin.SendAsync(
        "POST", Pods, $$$"""{"metadata": {"name": "a"}, "spec": { {{{spec}}} "containers": [{"name": "c", "image": "i", "securityContext": {{{securityContext}}}}]}}""");
}
