using System.Text;
using Petrel.ApiServer.Pki;
using Petrel.ApiServer.Tests.Subresources;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>What Pod Security says to workloads, whose pods come later, and to namespaces whose pods are there already.</summary>
public sealed class PodSecurityTemplateTests : IAsyncLifetime
{
    private const string Template = """{"metadata":{"labels":{"a":"b"}},"spec":{"hostNetwork":true,RESTART"containers":[{"name":"c","image":"i"}]}}""";
    private const string Selector = "\"selector\":{\"matchLabels\":{\"a\":\"b\"}},";

    private TestServer _server = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await PodCase.StartAsync();
        _client = TestServer.Client(await _server.ListenAsync(), ComponentCertificates.IssueAdmin(TestServer.Pki.Authority));
    }

    public Task DisposeAsync()
    {
        _client.Dispose();
        return _server.DisposeAsync().AsTask();
    }

    [Theory]
    [InlineData("apis/apps/v1", "deployments", "{" + Selector + "\"template\":TEMPLATE}")]
    [InlineData("apis/apps/v1", "replicasets", "{" + Selector + "\"template\":TEMPLATE}")]
    [InlineData("apis/apps/v1", "daemonsets", "{" + Selector + "\"template\":TEMPLATE}")]
    [InlineData("apis/apps/v1", "statefulsets", "{" + Selector + "\"serviceName\":\"s\",\"template\":TEMPLATE}")]
    [InlineData("apis/batch/v1", "jobs", "{\"template\":TEMPLATE}")]
    [InlineData("apis/batch/v1", "cronjobs", "{\"schedule\":\"* * * * *\",\"jobTemplate\":{\"spec\":{\"template\":TEMPLATE}}}")]
    [InlineData("api/v1", "replicationcontrollers", "{\"template\":TEMPLATE}")]
    [InlineData("api/v1", "podtemplates", "TEMPLATE")]
    public async Task Every_workload_is_warned_of_what_its_pods_would_violate(string version, string resource, string spec)
    {
        await LabelAsync("pod-security.kubernetes.io/enforce", "baseline");
        var template = Template.Replace("RESTART", resource.EndsWith("jobs", StringComparison.Ordinal) ? "\"restartPolicy\":\"Never\"," : "", StringComparison.Ordinal);
        var field = resource == "podtemplates" ? "template" : "spec";
        var body = $$$"""{"metadata":{"name":"w"},"{{{field}}}":{{{spec.Replace("TEMPLATE", template, StringComparison.Ordinal)}}}}""";
        var (code, warnings) = await WarningsAsync("POST", $"/{version}/namespaces/default/{resource}", body);
        Assert.Equal((201, "would violate PodSecurity \"baseline:latest\": host namespaces (hostNetwork=true)"), (code, Assert.Single(warnings)));
    }

    [Fact]
    public async Task A_stricter_namespace_is_told_of_its_pods_those_of_one_owner_together()
    {
        for (var i = 0; i < 3; i++)
        {
            var owner = i == 0 ? "" : ",\"ownerReferences\":[{\"apiVersion\":\"apps/v1\",\"kind\":\"ReplicaSet\",\"name\":\"r\",\"uid\":\"u\",\"controller\":true}]";
            var answer = await _server.SendAsync(
                "POST",
                "/api/v1/namespaces/default/pods",
                $$$"""{"metadata":{"name":"p{{{i}}}"{{{owner}}}},"spec":{"hostNetwork":{{{(i == 0 ? "true" : "false")}}},"hostPID":true,"containers":[{"name":"c","image":"i"}]}}""");
            Assert.Equal(201, answer.Code);
        }

        var (code, warnings) = await LabelAsync("pod-security.kubernetes.io/enforce", "baseline");
        Assert.Equal(200, code);
        Assert.Equal(
            [
                "existing pods in namespace \"default\" violate the new PodSecurity enforce level \"baseline:latest\"",
                "p0: host namespaces",
            ],
            warnings.Select(static warning => warning.Replace(" (and 2 other pods)", "", StringComparison.Ordinal)));
        Assert.Empty((await LabelAsync("pod-security.kubernetes.io/enforce", "privileged")).Warnings);
    }

    private Task<(int Code, IReadOnlyList<string> Warnings)> LabelAsync(string key, string value) =>
        WarningsAsync("PATCH", "/api/v1/namespaces/default", $$$$"""{"metadata":{"labels":{"{{{{key}}}}":"{{{{value}}}}"}}}""", "application/merge-patch+json");

    // Header values are read without the code before and the quotes around them.
    private async Task<(int Code, IReadOnlyList<string> Warnings)> WarningsAsync(string method, string path, string body, string type = "application/json")
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = new StringContent(body, Encoding.UTF8, type) };
        using var answer = await _client.SendAsync(request);
        var lines = answer.Headers.TryGetValues("Warning", out var values) ? values : [];
        return ((int)answer.StatusCode, [.. lines.Select(static line => line["299 - \"".Length..^1].Replace("\\\"", "\"", StringComparison.Ordinal))]);
    }
}
