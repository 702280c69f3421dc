using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Petrel.Api.Core;
using Petrel.Api.Features;
using Petrel.Api.Meta;
using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Authentication;
using Petrel.ApiServer.Pki;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>Plugins that are off unless they are asked for.</summary>
public sealed class OptionalPluginTests
{
    private const string Pods = "/api/v1/namespaces/default/pods";
    private const string Namespace = "/api/v1/namespaces/default";

    [Fact]
    public void The_plugins_on_by_default_are_those_of_upstream_in_its_order()
    {
        string[] upstream =
        [
            "NamespaceLifecycle", "LimitRanger", "ServiceAccount", "TaintNodesByCondition", "PodSecurity", "Priority", "DefaultTolerationSeconds", "DefaultStorageClass",
            "StorageObjectInUseProtection", "PersistentVolumeClaimResize", "RuntimeClass", "CertificateApproval", "CertificateSigning", "CertificateSubjectRestriction",
            "DefaultIngressClass", "ValidatingAdmissionPolicy", "ResourceQuota",
        ];
        var on = AdmissionPlugins.All.Where(static entry => entry.IsDefault).Select(static entry => entry.Name).ToList();
        Assert.Equal(upstream, on.Where(upstream.Contains));
        Assert.Equal(AdmissionPlugins.All.Count, AdmissionPlugins.All.DistinctBy(static entry => entry.Name).Count());
    }

    [Theory]
    [InlineData("Nothing", "", "enable-admission-plugins plugin \"Nothing\" is unknown")]
    [InlineData("", "Nothing", "disable-admission-plugins plugin \"Nothing\" is unknown")]
    [InlineData("Priority", "Priority", "Priority in enable-admission-plugins and disable-admission-plugins overlapped")]
    [InlineData("EventRateLimit", "", "limits: Invalid value: []: must not be empty")]
    public async Task What_cannot_be_switched_is_an_error(string enable, string disable, string message)
    {
        var options = new AdmissionOptions { EnablePlugins = enable.Length == 0 ? [] : [enable], DisablePlugins = disable.Length == 0 ? [] : [disable] };
        Assert.Equal(message, (await Assert.ThrowsAsync<FormatException>(() => TestServer.StartAsync(admission: options))).Message);
    }

    [Fact]
    public async Task Pods_get_the_node_selector_of_their_namespace_and_may_not_contradict_it()
    {
        await using (var common = await StartAsync("PodNodeSelector", "podNodeSelectorPluginConfig: {clusterDefaultNodeSelector: pool=common}"))
        {
            Assert.Equal("{\"pool\":\"common\"}", Selector(await common.Admin.SendAsync("POST", Pods, Pod("a"))));
        }

        await using var server = await StartAsync("PodNodeSelector", "podNodeSelectorPluginConfig: {default: \"pool=gold,disk=ssd\"}");
        await AnnotateAsync(server, "scheduler.alpha.kubernetes.io/node-selector", "pool=gold");
        Assert.Equal("{\"disk\":\"ssd\",\"pool\":\"gold\"}", Selector(await server.Admin.SendAsync("POST", Pods, Pod("b", "\"nodeSelector\":{\"disk\":\"ssd\"}"))));
        await RefusedAsync(server, Pod("c", "\"nodeSelector\":{\"pool\":\"x\"}"), 403, "pods \"c\" is forbidden: pod node label selector conflicts with its namespace node label selector");
        await RefusedAsync(server, Pod("c", "\"nodeSelector\":{\"zone\":\"x\"}"), 403, "pods \"c\" is forbidden: pod node label selector labels conflict with its namespace whitelist");
    }

    [Fact]
    public async Task Pods_get_the_tolerations_of_their_namespace_and_only_those_it_allows()
    {
        await using var server = await StartAsync(
            "PodTolerationRestriction", "{apiVersion: podtolerationrestriction.admission.k8s.io/v1alpha1, kind: Configuration, default: [{key: d, operator: Exists}]}");
        Assert.Equal(["d", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"], Tolerations(await server.Admin.SendAsync("POST", Pods, Pod("a"))));
        await AnnotateAsync(server, "scheduler.alpha.kubernetes.io/defaultTolerations", "[{\"key\":\"n\",\"operator\":\"Exists\"}]");
        var burstable = await server.Admin.SendAsync("POST", Pods, Pod("b").Replace("\"image\"", "\"resources\":{\"requests\":{\"cpu\":\"1\"}},\"image\"", StringComparison.Ordinal));
        Assert.Equal(["n", "node.kubernetes.io/memory-pressure", "node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable"], Tolerations(burstable).Order(StringComparer.Ordinal));
        await AnnotateAsync(server, "scheduler.alpha.kubernetes.io/tolerationsWhitelist", "[{\"key\":\"n\",\"operator\":\"Exists\"}]");
        await RefusedAsync(
            server, Pod("c", "\"tolerations\":[{\"key\":\"x\",\"operator\":\"Exists\"}]"), 500, "pod tolerations (possibly merged with namespace default tolerations) conflict with its namespace whitelist");
    }

    [Fact]
    public async Task Pods_get_the_labels_of_where_their_node_is()
    {
        await using var server = await TestServer.StartAsync(serverOptions: new() { Features = FeatureGates.Parse("PodTopologyLabelsAdmission=true") });
        await using var without = await TestServer.StartAsync();
        foreach (var each in (TestServer[])[server, without])
        {
            await each.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, default);
            await each.Admin.SendAsync("POST", "/api/v1/nodes", """{"metadata":{"name":"n","labels":{"topology.k8s.io/zone":"z","topology.k8s.io/region":"r","other":"x"}}}""");
            await each.Admin.SendAsync("POST", Pods, Pod("a").Replace("\"name\":\"a\"", "\"name\":\"a\",\"labels\":{\"topology.k8s.io/zone\":\"mine\"}", StringComparison.Ordinal));
            Assert.Equal(201, (await each.Admin.SendAsync("POST", Pods + "/a/binding", """{"metadata":{"name":"a"},"target":{"kind":"Node","name":"n"}}""")).Code);
        }

        string Labels((int Code, JsonNode Body) answer) => answer.Body["metadata"]!["labels"]?.ToJsonString() ?? "";
        Assert.Equal("""{"topology.k8s.io/region":"r","topology.k8s.io/zone":"mine"}""", Labels(await server.Admin.SendAsync("GET", Pods + "/a")));
        Assert.Equal("""{"topology.k8s.io/zone":"mine"}""", Labels(await without.Admin.SendAsync("GET", Pods + "/a")));
        Assert.Equal("""{"topology.k8s.io/region":"r","topology.k8s.io/zone":"z"}""", Labels(await server.Admin.SendAsync("POST", Pods, Pod("b", "\"nodeName\":\"n\""))));
    }

    [Fact]
    public async Task Images_are_a_webhooks_to_allow()
    {
        var clock = new SetClock();
        await using var hook = await Webhooks.WebhookServer.StartAsync();
        hook.Serve("/images", static (context, review) =>
        {
            var isGood = review["spec"]!["containers"]![0]!.Text("image") == "i";
            var status = isGood ? """{"allowed":true}""" : """{"allowed":false,"reason":"too new"}""";
            return context.Response.WriteAsync("""{"apiVersion":"imagepolicy.k8s.io/v1alpha1","kind":"ImageReview","status":""" + status + "}");
        });
        await using var server = await StartAsync("ImagePolicyWebhook", $"imagePolicy: {{kubeConfigFile: {Kubeconfig(hook.Address + "/images")}, denyTTL: 10, retryBackoff: 1}}", clock);

        Assert.Equal(201, (await server.Admin.SendAsync("POST", Pods, Pod("a").Replace("\"name\":\"a\"", "\"name\":\"a\",\"annotations\":{\"break.image-policy.k8s.io/glass\":\"1\",\"x\":\"y\"}", StringComparison.Ordinal))).Code);
        var bad = Pod("b").Replace("\"image\":\"i\"", "\"image\":\"new\"", StringComparison.Ordinal);
        await RefusedAsync(server, bad, 403, "pods \"b\" is forbidden: image policy webhook backend denied one or more images: too new");
        await RefusedAsync(server, bad, 403, "pods \"b\" is forbidden: image policy webhook backend denied one or more images: too new");
        clock.Advance(TimeSpan.FromSeconds(11));
        await RefusedAsync(server, bad, 403, "pods \"b\" is forbidden: image policy webhook backend denied one or more images: too new");

        // One question was answered from memory.
        Assert.Equal(3, hook.Questions.Count);
        Assert.Equal(
            """{"containers":[{"image":"i"}],"annotations":{"break.image-policy.k8s.io/glass":"1"},"namespace":"default"}""",
            hook.Questions.First().Review["spec"]!.ToJsonString());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task While_the_webhook_of_images_is_away_pods_are_admitted_only_if_the_settings_say_so(bool allows)
    {
        await using var server = await StartAsync(
            "ImagePolicyWebhook", $"imagePolicy: {{kubeConfigFile: {Kubeconfig("https://127.0.0.1:1/")}, defaultAllow: {(allows ? "true" : "false")}}}");
        var answer = await server.Admin.SendAsync("POST", Pods, Pod("a"));
        Assert.Equal(allows ? 201 : 403, answer.Code);
        if (!allows)
        {
            Assert.Equal(
                "pods \"a\" is forbidden: Post \"https://127.0.0.1:1/?timeout=30s\": dial tcp 127.0.0.1:1: connect: connection refused", answer.Body.Text("message"));
        }
    }

    [Theory]
    [InlineData("", "no config specified")]
    [InlineData("imagePolicy: {allowTTL: 3600}", "valid value is between 1s and 30m0s, got 1h0m0s")]
    [InlineData("imagePolicy: {retryBackoff: 400000}", "valid value is between 1ns and 5m0s, got 6m40s")]
    [InlineData("imagePolicy: {kubeConfigFile: /none}", "/none: cannot read the kubeconfig /none")]
    public async Task Settings_of_the_webhook_of_images_must_be_usable(string settings, string problem) =>
        Assert.StartsWith(problem, (await Assert.ThrowsAsync<FormatException>(() => StartAsync("ImagePolicyWebhook", settings))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("insecure-skip-tls-verify: true", "token: t", true, "Bearer t")]
    [InlineData("certificate-authority-data: CA", "username: n, password: p", true, "Basic bjpw")]
    [InlineData("certificate-authority: ca.pem, tls-server-name: hook.default.svc", "tokenFile: token", true, "Bearer from a file")]
    [InlineData("certificate-authority: ca.pem, tls-server-name: localhost", "client-certificate: client.pem, client-key: client.key", true, "CN=kubernetes-admin, O=system:masters")]
    [InlineData("certificate-authority: ca.pem", "client-certificate-data: CERT, client-key-data: KEY", true, "CN=kubernetes-admin, O=system:masters")]
    [InlineData("certificate-authority: ca.pem, tls-server-name: other.example.com", "token: t", false, "x509: certificate is valid for")]
    [InlineData("insecure-skip-tls-verify: false", "token: t", false, "x509: certificate signed by unknown authority")]
    public async Task A_kubeconfig_says_whom_the_webhook_of_images_believes_and_is_shown(string cluster, string user, bool isAsked, string shown)
    {
        await using var hook = await Webhooks.WebhookServer.StartAsync();
        var seen = new List<string>();
        hook.Serve("/images", (context, _) =>
        {
            seen.Add(context.Request.Headers.Authorization.ToString() is { Length: > 0 } authorization ? authorization : context.Connection.ClientCertificate?.Subject ?? "");
            return context.Response.WriteAsync("""{"apiVersion":"imagepolicy.k8s.io/v1alpha1","kind":"ImageReview","status":{"allowed":true}}""");
        });
        await using var server = await StartAsync("ImagePolicyWebhook", $"imagePolicy: {{kubeConfigFile: {Kubeconfig(hook.Address + "/images", cluster, user)}, retryBackoff: 1}}");
        var (code, body) = await server.Admin.SendAsync("POST", Pods, Pod("a"));
        Assert.Equal(isAsked ? 201 : 403, code);
        Assert.Contains(shown, isAsked ? Assert.Single(seen) : body.Text("message"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("proxy-url: \"http://proxy:3128\"", "token: t", "cluster \"k\" has proxy-url, which is not supported")]
    [InlineData("certificate-authority: ca.pem, insecure-skip-tls-verify: true", "token: t", "specifying a root certificates file with the insecure flag is not allowed")]
    [InlineData("insecure-skip-tls-verify: true", "client-certificate: client.pem", "client-key-data or client-key must be specified for u to use the clientCert authentication method.")]
    [InlineData("insecure-skip-tls-verify: true", "exec: {command: c}", "user \"u\" authenticates by exec, which is not supported")]
    [InlineData("certificate-authority-data: \"?\"", "token: t", "certificate-authority-data is not base64")]
    public async Task A_kubeconfig_that_the_webhook_of_images_cannot_have_is_refused(string cluster, string user, string problem)
    {
        var path = Kubeconfig("https://127.0.0.1:1/", cluster, user);
        Assert.Equal($"{path}: {problem}", (await Assert.ThrowsAsync<FormatException>(() => StartAsync("ImagePolicyWebhook", $"imagePolicy: {{kubeConfigFile: {path}}}"))).Message);
    }

    /// <summary>A kubeconfig in a folder with the files that it may name; CA, CERT and KEY stand for their contents.</summary>
    private static string Kubeconfig(string url, string cluster, string user)
    {
        var folder = Directory.CreateTempSubdirectory("petrel-images-").FullName;
        var client = TestServer.Pki.Authority.IssueAdmin();
        string Data(string pem) => Convert.ToBase64String(Encoding.UTF8.GetBytes(pem));
        File.WriteAllText(Path.Combine(folder, "ca.pem"), Encoding.UTF8.GetString(Convert.FromBase64String(Webhooks.WebhookServer.CaBundle)));
        File.WriteAllText(Path.Combine(folder, "client.pem"), client.CertificatePem);
        File.WriteAllText(Path.Combine(folder, "client.key"), client.KeyPem);
        File.WriteAllText(Path.Combine(folder, "token"), "from a file\n");
        var path = Path.Combine(folder, "kubeconfig");
        File.WriteAllText(path, $$$"""
            current-context: c
            contexts: [{name: c, context: {cluster: k, user: u}}]
            users: [{name: u, user: { {{{user.Replace("CERT", Data(client.CertificatePem), StringComparison.Ordinal).Replace("KEY", Data(client.KeyPem), StringComparison.Ordinal)}}} }}]
            clusters: [{name: k, cluster: {server: "{{{url}}}", {{{cluster.Replace("CA", Webhooks.WebhookServer.CaBundle, StringComparison.Ordinal)}}} }}]
            """);
        return path;
    }

    private static string Kubeconfig(string url)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("petrel-images-").FullName, "kubeconfig");
        File.WriteAllText(path, $$"""
            current-context: c
            contexts:
            - name: c
              context: {cluster: k, user: u}
            users:
            - name: u
              user: {token: t}
            clusters:
            - name: k
              cluster:
                server: {{url}}
                certificate-authority-data: {{Webhooks.WebhookServer.CaBundle}}
            """);
        return path;
    }

    [Fact]
    public async Task Events_over_the_limit_are_refused_until_time_has_passed()
    {
        var clock = new SetClock();
        await using var server = await StartAsync(
            "EventRateLimit", "{apiVersion: eventratelimit.admission.k8s.io/v1alpha1, kind: Configuration, limits: [{type: Namespace, qps: 1, burst: 2, cacheSize: 1}]}", clock);
        Task<(int Code, JsonNode Body)> Send(string @namespace, string name) => server.Admin.SendAsync(
            "POST",
            $"/api/v1/namespaces/{@namespace}/events",
            $$$$"""{"metadata":{"name":"{{{{name}}}}"},"involvedObject":{"namespace":"{{{{@namespace}}}}"}}""");
        Assert.Equal(201, (await Send("default", "a")).Code);
        Assert.Equal(201, (await Send("default", "b")).Code);
        var refused = await Send("default", "c");
        Assert.Equal((429, "TooManyRequests", "Too many requests: limit reached on type Namespace for key default"), (refused.Code, refused.Body.Text("reason"), refused.Body.Text("message")));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(201, (await Send("default", "c")).Code);
        Assert.Equal(201, (await Send("kube-system", "a")).Code);
    }

    [Fact]
    public async Task Owners_are_set_by_those_who_may_delete_the_object_and_finalize_the_owner()
    {
        await using var server = await StartAsync("OwnerReferencesPermissionEnforcement", "");
        var bob = server.Server.As(new UserInfo("bob"), "test");
        var owner = (await server.Admin.SendAsync("POST", "/api/v1/namespaces/default/configmaps", """{"metadata":{"name":"owner"}}""")).Body.Text("metadata", "uid");
        string Owned(string name, bool block) =>
            $$$$"""{"metadata":{"name":"{{{{name}}}}","ownerReferences":[{"apiVersion":"v1","kind":"ConfigMap","name":"owner","uid":"{{{{owner}}}}","blockOwnerDeletion":{{{{(block ? "true" : "false")}}}}}]}}""";

        await AllowAsync(server, "create", "secrets");
        await UntilAsync(async () => (await bob.SendAsync("POST", "/api/v1/namespaces/default/secrets", """{"metadata":{"name":"plain"}}""")).Code is 201 or 409);
        var refused = await bob.SendAsync("POST", "/api/v1/namespaces/default/secrets", Owned("a", false));
        Assert.StartsWith("secrets \"a\" is forbidden: cannot set an ownerRef on a resource you can't delete: ", refused.Body.Text("message"), StringComparison.Ordinal);
        await AllowAsync(server, "delete", "secrets");
        await UntilAsync(async () => (await bob.SendAsync("POST", "/api/v1/namespaces/default/secrets", Owned("a", false))).Code is 201 or 409);
        refused = await bob.SendAsync("POST", "/api/v1/namespaces/default/secrets", Owned("b", true));
        Assert.StartsWith(
            "secrets \"b\" is forbidden: cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: ", refused.Body.Text("message"), StringComparison.Ordinal);
        await AllowAsync(server, "update", "configmaps/finalizers");
        await UntilAsync(async () => (await bob.SendAsync("POST", "/api/v1/namespaces/default/secrets", Owned("b", true))).Code is 201 or 409);
    }

    [Fact]
    public async Task What_is_limited_can_only_be_used_under_a_quota()
    {
        await using var server = await StartAsync(
            "ResourceQuota",
            "{apiVersion: apiserver.config.k8s.io/v1, kind: ResourceQuotaConfiguration, limitedResources: [{resource: pods, matchContains: [requests.cpu], matchScopes: [{scopeName: PriorityClass, operator: In, values: [vip]}]}]}");
        await server.Admin.SendAsync("POST", "/apis/scheduling.k8s.io/v1/priorityclasses", """{"metadata":{"name":"vip"},"value":1}""");
        Assert.Equal(201, (await server.Admin.SendAsync("POST", Pods, Pod("a"))).Code);
        await RefusedAsync(
            server, Pod("b").Replace("\"image\"", "\"resources\":{\"requests\":{\"cpu\":\"1\"}},\"image\"", StringComparison.Ordinal), 403, "pods \"b\" is forbidden: insufficient quota to consume: requests.cpu");
        await RefusedAsync(
            server, Pod("b", "\"priorityClassName\":\"vip\""), 403, "pods \"b\" is forbidden: insufficient quota to match these scopes: [{PriorityClass In [vip]}]");

        const string Quota = "/api/v1/namespaces/default/resourcequotas";
        await server.Admin.SendAsync("POST", Quota, """{"metadata":{"name":"q"},"spec":{"hard":{"pods":"5"},"scopeSelector":{"matchExpressions":[{"scopeName":"PriorityClass","operator":"In","values":["vip"]}]}}}""");
        await server.Admin.SendAsync("PATCH", Quota + "/q/status", """{"status":{"hard":{"pods":"5"},"used":{"pods":"0"}}}""", "application/merge-patch+json");
        Assert.Equal(201, (await server.Admin.SendAsync("POST", Pods, Pod("b", "\"priorityClassName\":\"vip\""))).Code);
    }

    private static async Task<TestServer> StartAsync(string plugin, string configuration, TimeProvider? time = null)
    {
        var options = new AdmissionOptions { EnablePlugins = [plugin] };
        if (configuration.Length > 0)
        {
            var file = Path.Combine(Directory.CreateTempSubdirectory("petrel-admission-").FullName, "admission.yaml");
            await File.WriteAllTextAsync(file, $"{{apiVersion: apiserver.config.k8s.io/v1, kind: AdmissionConfiguration, plugins: [{{name: {plugin}, configuration: {(configuration[0] == '{' ? configuration : "{" + configuration + "}")}}}]}}");
            options = options with { ConfigurationFile = file };
        }

        var server = await TestServer.StartAsync(time: time, admission: options);
        await server.Admin.CreateAsync(new ServiceAccount { Metadata = new ObjectMeta { Namespace = "default", Name = "default" } }, default);
        return server;
    }

    private static string Pod(string name, string spec = "\"hostPID\":false") =>
        $$$$$$"""{"metadata":{"name":"{{{{{{name}}}}}}"},"spec":{"containers":[{"name":"c","image":"i"}],{{{{{{spec}}}}}}}}""";

    private static string Selector((int Code, JsonNode Body) answer) => answer.Body["spec"]?["nodeSelector"]?.ToJsonString() ?? answer.Body.ToJsonString();

    private static IEnumerable<string> Tolerations((int Code, JsonNode Body) answer) => answer.Body["spec"]!["tolerations"]!.AsArray().Select(static toleration => toleration!.Text("key"));

    private static Task<(int Code, JsonNode Body)> AnnotateAsync(TestServer server, string key, string value) =>
        server.Admin.SendAsync("PATCH", Namespace, new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [key] = value } } }.ToJsonString(), "application/merge-patch+json");

    private static async Task RefusedAsync(TestServer server, string body, int code, string message)
    {
        var answer = await server.Admin.SendAsync("POST", Pods, body);
        Assert.Equal((code, message), (answer.Code, answer.Body.Text("message")));
    }

    private static async Task AllowAsync(TestServer server, string verb, string resource)
    {
        var name = verb + "-" + resource.Replace('/', '-');
        await server.Admin.SendAsync(
            "POST", "/apis/rbac.authorization.k8s.io/v1/clusterroles", $$$$"""{"metadata":{"name":"{{{{name}}}}"},"rules":[{"verbs":["{{{{verb}}}}"],"apiGroups":[""],"resources":["{{{{resource}}}}"]}]}""");
        await server.Admin.SendAsync(
            "POST",
            "/apis/rbac.authorization.k8s.io/v1/clusterrolebindings",
            $$$$"""{"metadata":{"name":"{{{{name}}}}"},"roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"{{{{name}}}}"},"subjects":[{"apiGroup":"rbac.authorization.k8s.io","kind":"User","name":"bob"}]}""");
    }

    // The index of roles follows the store at once, but not in the same step.
    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
