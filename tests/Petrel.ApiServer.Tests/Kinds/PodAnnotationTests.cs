using System.Text.Json.Nodes;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Kinds;

/// <summary>Annotations of pods and of templates that mean something, and names that pods may not have twice.</summary>
public sealed class PodAnnotationTests : IAsyncLifetime
{
    private const string Cost = "controller.kubernetes.io/pod-deletion-cost";

    private const string Tolerations = "scheduler.alpha.kubernetes.io/tolerations";

    private const string PodProfile = "seccomp.security.alpha.kubernetes.io/pod";

    private const string ContainerProfile = "container.seccomp.security.alpha.kubernetes.io/c";

    private TestServer? _server;

    private IApi Api => _server!.Admin;

    public async Task InitializeAsync()
    {
        _server = await TestServer.StartAsync();
        await Api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, default);
    }

    public async Task DisposeAsync() => await _server!.DisposeAsync();

    [Theory]
    [InlineData(Cost, "10")]
    [InlineData(Cost, "-2147483648")]
    [InlineData(Cost, "0")]
    [InlineData(Cost, "+10", $"annotations[{Cost}]: Invalid value: \"+10\": must be a 32bit integer")]
    [InlineData(Cost, "008", $"annotations[{Cost}]: Invalid value: \"008\": must be a 32bit integer")]
    [InlineData(Cost, "2147483648", $"annotations[{Cost}]: Invalid value: \"2147483648\": must be a 32bit integer")]
    [InlineData(Cost, "", $"annotations[{Cost}]: Invalid value: \"\": must be a 32bit integer")]
    [InlineData(Tolerations, "")]
    [InlineData(Tolerations, "[]")]
    [InlineData(Tolerations, """[{"key": "a", "operator": "Exists", "effect": "NoSchedule"}]""")]
    [InlineData(Tolerations, "no", $"annotations: Invalid value: \"{Tolerations}\": invalid character 'o' in literal null (expecting 'u')")]
    [InlineData(Tolerations, "{}", $"annotations: Invalid value: \"{Tolerations}\": json: cannot unmarshal object into Go value of type []core.Toleration")]
    [InlineData(Tolerations, """[{"key": "a", "operator": "In"}]""", $"annotations.{Tolerations}[0].operator: Unsupported value: \"In\": supported values: \"Equal\", \"Exists\"")]
    [InlineData(PodProfile, "runtime/default")]
    [InlineData(PodProfile, "docker/default")]
    [InlineData(PodProfile, "localhost/profiles/a.json")]
    [InlineData(PodProfile, "some", $"annotations.{PodProfile}: Invalid value: \"some\": must be a valid seccomp profile")]
    [InlineData(ContainerProfile, "localhost/../a", $"annotations.{ContainerProfile}: Invalid value: \"../a\": must not contain '..'")]
    public async Task What_an_annotation_says_is_checked_in_pods_and_in_templates(string annotation, string value, params string[] problems)
    {
        var annotations = new JsonObject { [annotation] = value }.ToJsonString();

        Assert.Equal(problems.Select(static problem => "metadata." + problem), await CreateAsync("pods", Pod(annotations, "{}")));
        Assert.Equal(problems.Select(static problem => "template." + problem), await CreateAsync("podtemplates", Template(annotations, "{}")));
    }

    [Theory]
    [InlineData(PodProfile, "unconfined", """{"securityContext": {"seccompProfile": {"type": "Unconfined"}}}""")]
    [InlineData(PodProfile, "unconfined", """{"securityContext": {"seccompProfile": {"type": "RuntimeDefault"}}}""", "spec.securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match")]
    [InlineData(
        ContainerProfile,
        "localhost/a",
        """{"containers": [{"name": "c", "image": "i", "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "b"}}}]}""",
        "spec.containers[0].securityContext.seccompProfile.localhostProfile: Forbidden: seccomp profile in annotation and field must match")]
    [InlineData(
        ContainerProfile,
        "runtime/default",
        """{"containers": [{"name": "c", "image": "i", "securityContext": {"seccompProfile": {"type": "Localhost", "localhostProfile": "b"}}}]}""",
        "spec.containers[0].securityContext.seccompProfile.type: Forbidden: seccomp type in annotation and field must match")]
    public async Task A_profile_in_an_annotation_is_the_one_in_the_field(string annotation, string value, string spec, params string[] problems)
    {
        var annotations = new JsonObject { [annotation] = value }.ToJsonString();

        Assert.Equal(problems, await CreateAsync("pods", Pod(annotations, spec)));
        Assert.Equal(problems.Select(static problem => "template." + problem), await CreateAsync("podtemplates", Template(annotations, spec)));
    }

    [Fact]
    public async Task A_cost_is_checked_when_it_changes()
    {
        await Api.SendAsync("POST", "/api/v1/namespaces/default/pods", Pod("{}", "{}"));

        var answer = await Api.SendAsync("PATCH", "/api/v1/namespaces/default/pods/p", new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [Cost] = "x" } } }.ToJsonString(), "application/merge-patch+json");

        Assert.Equal([$"metadata.annotations[{Cost}]: Invalid value: \"x\": must be a 32bit integer"], Problems(answer.Body));
    }

    [Fact]
    public async Task Main_containers_without_a_name_are_alike_and_init_containers_are_like_them()
    {
        var spec = """{"initContainers": [{"image": "i"}], "containers": [{"image": "i"}, {"image": "i"}]}""";

        Assert.Equal(
            [
                "spec.containers[0].name: Required value",
                "spec.containers[1].name: Required value",
                "spec.containers[1].name: Duplicate value: \"\"",
                "spec.initContainers[0].name: Required value",
                "spec.initContainers[0].name: Duplicate value: \"\"",
            ],
            await CreateAsync("pods", Pod("{}", spec)));
    }

    [Fact]
    public async Task What_is_wrong_with_a_volume_is_said_before_what_is_wrong_with_the_next()
    {
        var spec = """{"volumes": [{"name": "a", "persistentVolumeClaim": {"claimName": "p-b"}}, {"name": "b", "ephemeral": {}}]}""";

        Assert.Equal(
            [
                "spec.volumes[0].persistentVolumeClaim.claimName: Invalid value: \"p-b\": must not reference a PVC that gets created for an ephemeral volume",
                "spec.volumes[1].ephemeral.volumeClaimTemplate: Required value",
            ],
            await CreateAsync("pods", Pod("{}", spec)));
    }

    private async Task<IEnumerable<string>> CreateAsync(string resource, string body) =>
        Problems((await Api.SendAsync("POST", $"/api/v1/namespaces/default/{resource}?dryRun=All", body)).Body);

    private static string Pod(string annotations, string spec) => new JsonObject
    {
        ["kind"] = "Pod",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["name"] = "p", ["annotations"] = JsonNode.Parse(annotations) },
        ["spec"] = Spec(spec),
    }.ToJsonString();

    private static string Template(string annotations, string spec) => new JsonObject
    {
        ["kind"] = "PodTemplate",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject { ["name"] = "p" },
        ["template"] = new JsonObject { ["metadata"] = new JsonObject { ["annotations"] = JsonNode.Parse(annotations) }, ["spec"] = Spec(spec) },
    }.ToJsonString();

    private static JsonNode Spec(string text)
    {
        var spec = JsonNode.Parse(text)!;
        spec["containers"] ??= JsonNode.Parse("""[{"name": "c", "image": "i"}]""");
        return spec;
    }

    private static IEnumerable<string> Problems(JsonNode answer) =>
        answer["details"]?["causes"]?.AsArray().Select(static cause => $"{cause!["field"]}: {cause["message"]}") ?? [];
}
