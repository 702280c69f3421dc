namespace Petrel.Program.Tests;

/// <summary>What kubectls of every version do with the server's OpenAPI documents: check manifests and explain fields.</summary>
public sealed class SchemaTests(ControlPlane cluster) : IClassFixture<ControlPlane>
{
    public static TheoryData<string> Programs => KubectlVersions.Programs();

    [KubectlTheory]
    [MemberData(nameof(Programs))]
    public async Task Manifests_are_checked_by_default(string program)
    {
        const string Manifest = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: NAME}
            spec:
              replicas: 0
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1"}]}
            """;
        var name = program.Replace('.', '-');
        var good = Manifest.Replace("NAME", name, StringComparison.Ordinal);
        Assert.Equal($"deployment.apps/{name} created", (await cluster.VersionAsync(program, good, "apply", "-f", "-")).Succeeded());
        Assert.Equal($"deployment.apps/{name} unchanged", (await cluster.VersionAsync(program, good, "apply", "-f", "-")).Succeeded());
        var bad = await cluster.VersionAsync(program, good.Replace(name, name + "-bad", StringComparison.Ordinal).Replace("replicas", "replicaz", StringComparison.Ordinal), "create", "-f", "-");
        Assert.Equal(1, bad.ExitCode);
        Assert.Contains("strict decoding error: unknown field \"spec.replicaz\"", bad.Errors, StringComparison.Ordinal);
    }

    [KubectlTheory]
    [MemberData(nameof(Programs))]
    public async Task Fields_are_explained(string program)
    {
        var pod = (await cluster.VersionAsync(program, null, "explain", "pod.spec.containers", "--recursive")).Succeeded();
        Assert.StartsWith("KIND:       Pod\nVERSION:    v1\n", pod, StringComparison.Ordinal);
        Assert.Contains("  livenessProbe\t<Probe>\n    exec\t<ExecAction>\n      command\t<[]string>\n", pod, StringComparison.Ordinal);
        var old = (await cluster.VersionAsync(program, null, "explain", "deployment.spec.replicas", "--output=plaintext-openapiv2")).Succeeded();
        Assert.StartsWith("KIND:     Deployment\nVERSION:  apps/v1\n\nFIELD:    replicas <integer>\n\nDESCRIPTION:\n     Number of pods wanted", old, StringComparison.Ordinal);
    }
}
