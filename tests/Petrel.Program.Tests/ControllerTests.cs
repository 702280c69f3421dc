namespace Petrel.Program.Tests;

/// <summary>What the controllers do for users of kubectl. One server without a node, so pods stay pending.</summary>
public class ControllerTests(ControlPlane cluster) : IClassFixture<ControlPlane>
{
    [KubectlFact]
    public async Task A_deployment_rolls_out_is_rolled_back_and_tells_its_history()
    {
        await NewNamespaceAsync("rollouts");
        await SucceedAsync("create", "deployment", "web", "-n", "rollouts", "--image=registry.test/web:1", "--replicas=2");
        await SucceedAsync("wait", "-n", "rollouts", "deployment/web", "--for=jsonpath={.status.updatedReplicas}=2", "--timeout=60s");
        await SucceedAsync("set", "image", "-n", "rollouts", "deployment/web", "web=registry.test/web:2");
        await SucceedAsync("wait", "-n", "rollouts", "deployment/web", "--for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}=2", "--timeout=60s");
        Assert.Equal(["1", "2"], await RevisionsAsync());
        Assert.Equal("deployment.apps/web rolled back", await SucceedAsync("rollout", "undo", "-n", "rollouts", "deployment/web"));
        await SucceedAsync("wait", "-n", "rollouts", "deployment/web", "--for=jsonpath={.metadata.annotations.deployment\\.kubernetes\\.io/revision}=3", "--timeout=60s");
        Assert.Equal(["2", "3"], await RevisionsAsync());
        Assert.Equal("registry.test/web:1", await SucceedAsync("get", "-n", "rollouts", "deployment", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image}"));
    }

    [KubectlFact]
    public async Task Deleting_orphans_waits_for_or_takes_along_what_the_object_owns()
    {
        await NewNamespaceAsync("cascades");
        foreach (var name in new[] { "orphaning", "waiting" })
        {
            await SucceedAsync("create", "deployment", name, "-n", "cascades", "--image=registry.test/web:1");
            await SucceedAsync("wait", "-n", "cascades", $"deployment/{name}", "--for=jsonpath={.status.replicas}=1", "--timeout=60s");
        }

        await SucceedAsync("delete", "deployment", "orphaning", "-n", "cascades", "--cascade=orphan", "--timeout=60s");
        await SucceedAsync("delete", "deployment", "waiting", "-n", "cascades", "--cascade=foreground", "--timeout=60s");
        Assert.Equal("orphaning", await SucceedAsync("get", "rs,pods", "-n", "cascades", "-o", "jsonpath={.items[?(@.kind=='ReplicaSet')].metadata.labels.app}"));
        Assert.Equal("", await SucceedAsync("get", "rs", "-n", "cascades", "-o", "jsonpath={.items[0].metadata.ownerReferences}"));
        await SucceedAsync("delete", "rs", "--all", "-n", "cascades", "--timeout=60s");
        await SucceedAsync("wait", "pods", "--all", "-n", "cascades", "--for=delete", "--timeout=60s");
    }

    [KubectlFact]
    public async Task A_namespace_has_an_account_and_root_certificates_and_goes_with_its_content()
    {
        await NewNamespaceAsync("whole");
        await SucceedAsync("wait", "serviceaccount/default", "-n", "whole", "--for=create", "--timeout=60s");
        await SucceedAsync("wait", "configmap/kube-root-ca.crt", "-n", "whole", "--for=create", "--timeout=60s");
        Assert.StartsWith("-----BEGIN CERTIFICATE-----", await SucceedAsync("get", "cm", "kube-root-ca.crt", "-n", "whole", "-o", "jsonpath={.data.ca\\.crt}"), StringComparison.Ordinal);
        await SucceedAsync("create", "deployment", "web", "-n", "whole", "--image=registry.test/web:1");
        await SucceedAsync("delete", "namespace", "whole", "--timeout=120s");
        Assert.Equal("", await SucceedAsync("get", "deployments,rs,pods,cm,sa", "-n", "whole", "-o", "name"));
    }

    private async Task<string[]> RevisionsAsync() =>
        [.. (await SucceedAsync("rollout", "history", "-n", "rollouts", "deployment/web")).Split('\n').Skip(2).Select(static line => line.Split(' ')[0])];

    private async Task NewNamespaceAsync(string name)
    {
        await SucceedAsync("create", "namespace", name);
        await SucceedAsync("wait", "serviceaccount/default", "-n", name, "--for=create", "--timeout=60s");
    }

    private async Task<string> SucceedAsync(params string[] arguments) => (await cluster.KubectlAsync(null, arguments)).Succeeded();
}
