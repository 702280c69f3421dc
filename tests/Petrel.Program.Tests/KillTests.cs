namespace Petrel.Program.Tests;

/// <summary>Nothing that was acknowledged is lost when the program dies without warning.</summary>
public sealed class KillTests : IAsyncLifetime
{
    private readonly ControlPlane _cluster = new();

    public Task InitializeAsync() => _cluster.InitializeAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync();

    [KubectlFact]
    public async Task Acknowledged_objects_and_the_clusters_identity_survive_kills()
    {
        var identity = (await _cluster.KubectlAsync(null, "get", "ns", "kube-system", "-o", "jsonpath={.metadata.uid}")).Succeeded();
        for (var round = 0; round < 3; round++)
        {
            (await _cluster.KubectlAsync(null, "create", "configmap", $"kept-{round}", $"--from-literal=round={round}")).Succeeded();
            _cluster.Kill();
            await _cluster.StartAsync();
        }

        var names = (await _cluster.KubectlAsync(null, "get", "cm", "-o", "name")).Succeeded().Split('\n');
        Assert.Superset(new HashSet<string> { "configmap/kept-0", "configmap/kept-1", "configmap/kept-2" }, names.ToHashSet());
        Assert.Equal(identity, (await _cluster.KubectlAsync(null, "get", "ns", "kube-system", "-o", "jsonpath={.metadata.uid}")).Succeeded());
    }
}
