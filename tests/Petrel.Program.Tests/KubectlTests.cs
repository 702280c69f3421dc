namespace Petrel.Program.Tests;

/// <summary>What users do with the real kubectl against the program as it ships. One server, a namespace for each test.</summary>
public class KubectlTests(ControlPlane cluster) : IClassFixture<ControlPlane>
{
    [KubectlFact]
    public async Task Objects_of_a_multi_document_file_are_applied_read_and_deleted()
    {
        await NewNamespaceAsync("apply");
        const string Manifest = """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: settings}
            data: {colour: blue}
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web}
            spec:
              replicas: 3
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1"}]}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec: {selector: {app: web}, ports: [{port: 80}]}
            """;

        var applied = (await cluster.KubectlAsync(Manifest, "apply", "-n", "apply", "-f", "-")).Succeeded();
        Assert.Equal(["configmap/settings created", "deployment.apps/web created", "service/web created"], applied.Split('\n'));
        Assert.Equal("blue", (await cluster.KubectlAsync(null, "get", "cm", "settings", "-n", "apply", "-o", "jsonpath={.data.colour}")).Succeeded());
        Assert.Equal("3", (await cluster.KubectlAsync(null, "get", "deploy", "web", "-n", "apply", "-o", "jsonpath={.spec.replicas}")).Succeeded());
        (await cluster.KubectlAsync(null, "scale", "deployment/web", "-n", "apply", "--replicas=5")).Succeeded();
        Assert.Equal("5", (await cluster.KubectlAsync(null, "get", "deploy", "web", "-n", "apply", "-o", "jsonpath={.spec.replicas}")).Succeeded());
        Assert.Equal("configmap \"settings\" deleted", (await cluster.KubectlAsync(null, "delete", "cm", "settings", "-n", "apply")).Succeeded().Split(" from")[0]);
        var gone = await cluster.KubectlAsync(null, "get", "cm", "settings", "-n", "apply");
        Assert.Equal("Error from server (NotFound): configmaps \"settings\" not found", gone.Errors);
    }

    [KubectlFact]
    public async Task Every_kind_of_patch_changes_an_object()
    {
        await NewNamespaceAsync("patches");
        (await cluster.KubectlAsync(null, "create", "configmap", "m", "-n", "patches", "--from-literal=a=1")).Succeeded();
        (await cluster.KubectlAsync(null, "patch", "cm", "m", "-n", "patches", "--type=merge", "-p", "{\"data\":{\"b\":\"2\"}}")).Succeeded();
        (await cluster.KubectlAsync(null, "patch", "cm", "m", "-n", "patches", "--type=json", "-p", "[{\"op\":\"add\",\"path\":\"/data/c\",\"value\":\"3\"}]")).Succeeded();
        (await cluster.KubectlAsync(null, "patch", "cm", "m", "-n", "patches", "--type=strategic", "-p", "{\"data\":{\"a\":null}}")).Succeeded();
        (await cluster.KubectlAsync(null, "label", "cm", "m", "-n", "patches", "x=y")).Succeeded();
        (await cluster.KubectlAsync(null, "annotate", "cm", "m", "-n", "patches", "note=here")).Succeeded();
        Assert.Equal(
            "{\"b\":\"2\",\"c\":\"3\"} y here",
            (await cluster.KubectlAsync(null, "get", "cm", "m", "-n", "patches", "-o", "jsonpath={.data} {.metadata.labels.x} {.metadata.annotations.note}")).Succeeded());
    }

    [KubectlFact]
    public async Task Tables_permissions_and_resources_are_shown()
    {
        Assert.Equal("yes", (await cluster.KubectlAsync(null, "auth", "can-i", "delete", "nodes")).Succeeded());
        var nobody = await cluster.KubectlAsync(null, "get", "pods", "--as=nobody");
        Assert.Equal("Error from server (Forbidden): pods is forbidden: User \"nobody\" cannot list resource \"pods\" in API group \"\" in the namespace \"default\"", nobody.Errors);
        Assert.Contains("deploy", (await cluster.KubectlAsync(null, "api-resources")).Succeeded(), StringComparison.Ordinal);
        Assert.Equal(["NAME", "STATUS", "AGE"], (await cluster.KubectlAsync(null, "get", "namespaces")).Succeeded().Split('\n')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries));
    }

    [KubectlFact]
    public async Task Metrics_are_shown()
    {
        var metrics = (await cluster.KubectlAsync(null, "get", "--raw", "/metrics")).Succeeded();
        Assert.Contains("\nprocess_resident_memory_bytes ", metrics, StringComparison.Ordinal);
        Assert.Contains("\napiserver_storage_objects{resource=\"namespaces\"} ", metrics, StringComparison.Ordinal);
    }

    private async Task NewNamespaceAsync(string name) => (await cluster.KubectlAsync(null, "create", "namespace", name)).Succeeded();
}
