using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Hosting;
using Petrel.ApiServer.Registry;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

/// <summary>What pod presets put into pods.</summary>
public sealed class PodPresetTests : IAsyncLifetime
{
    private const string Presets = "/apis/settings.k8s.io/v1alpha1/namespaces/default/podpresets";
    private const string Pods = "/api/v1/namespaces/default/pods";

    private TestServer? _server;

    private TestServer Server => _server!;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync(serverOptions: new ApiServerOptions
        {
            Admission = new AdmissionOptions { EnablePlugins = ["PodPreset"], DisablePlugins = ["ServiceAccount"] },
            RuntimeConfiguration = RuntimeConfiguration.Parse("settings.k8s.io/v1alpha1=true"),
        });
        var (code, body) = await Server.Admin.SendAsync("POST", Presets, """
            {"metadata": {"name": "web"}, "spec": {
              "selector": {"matchLabels": {"role": "web"}}, "env": [{"name": "PORT", "value": "80"}],
              "volumes": [{"name": "cache", "emptyDir": {}}], "volumeMounts": [{"name": "cache", "mountPath": "/cache"}]}}
            """);
        Assert.True(code == 201, body.ToJsonString());
    }

    public async Task DisposeAsync() => await Server.DisposeAsync();

    [Fact]
    public async Task A_selected_pod_gets_what_the_preset_says_and_a_note_of_it()
    {
        var pod = await CreateAsync("""{"metadata": {"name": "a", "labels": {"role": "web"}}, "spec": {"containers": [{"name": "c", "image": "i", "env": [{"name": "A", "value": "1"}]}]}}""");

        Assert.Equal("""[{"name":"A","value":"1"},{"name":"PORT","value":"80"}]""", pod["spec"]!["containers"]![0]!["env"]!.ToJsonString());
        Assert.Equal("""[{"name":"cache","mountPath":"/cache"}]""", pod["spec"]!["containers"]![0]!["volumeMounts"]!.ToJsonString());
        Assert.Equal("""[{"name":"cache","emptyDir":{}}]""", pod["spec"]!["volumes"]!.ToJsonString());
        Assert.NotEqual("", pod.Text("metadata", "annotations", "podpreset.admission.kubernetes.io/podpreset-web"));
    }

    [Theory]
    [InlineData("""{"metadata": {"name": "a", "labels": {"role": "other"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}""")]
    [InlineData("""{"metadata": {"name": "a", "labels": {"role": "web"}, "annotations": {"podpreset.admission.kubernetes.io/exclude": "true"}}, "spec": {"containers": [{"name": "c", "image": "i"}]}}""")]
    [InlineData("""{"metadata": {"name": "a", "labels": {"role": "web"}}, "spec": {"containers": [{"name": "c", "image": "i", "env": [{"name": "PORT", "value": "81"}]}]}}""")]
    public async Task A_pod_that_is_not_meant_or_says_something_else_stays_as_it_is(string body)
    {
        var pod = await CreateAsync(body);

        Assert.Null(pod["spec"]!["volumes"]);
        Assert.Equal("", pod.Text("metadata", "annotations", "podpreset.admission.kubernetes.io/podpreset-web"));
    }

    [Fact]
    public async Task A_preset_must_say_something()
    {
        var (code, body) = await Server.Admin.SendAsync("POST", Presets, """{"metadata": {"name": "none"}, "spec": {}}""");

        Assert.Equal(422, code);
        Assert.Equal("""PodPreset.settings.k8s.io "none" is invalid: spec.volumes.env.envFrom.volumeMounts: Required value: must specify at least one""", body.Text("message"));
    }

    private async Task<System.Text.Json.Nodes.JsonNode> CreateAsync(string body)
    {
        var (code, pod) = await Server.Admin.SendAsync("POST", Pods, body);
        Assert.True(code == 201, pod.ToJsonString());
        return pod;
    }
}
