namespace Petrel.Program.Tests;

/// <summary>The commands that set a cluster up, show it, and take it down.</summary>
[Collection(ClusterTests.Name)]
public class UpTests(Cluster cluster)
{
    [ClusterFact]
    public async Task Up_ends_with_a_ready_node_and_the_next_command_and_can_be_repeated()
    {
        Assert.Contains(" is ready (", cluster.UpOutput, StringComparison.Ordinal);
        Assert.Contains("export KUBECONFIG=", cluster.UpOutput, StringComparison.Ordinal);

        var again = (await cluster.PetrelAsync("up")).Succeeded();
        Assert.Contains("the server runs already", again, StringComparison.Ordinal);
        Assert.Contains("True", (await cluster.KubectlAsync(null, "get", "nodes", "-o", "jsonpath={.items[*].status.conditions[?(@.type==\"Ready\")].status}")).Succeeded(), StringComparison.Ordinal);
    }

    [ClusterFact]
    public async Task Status_tells_how_the_cluster_is()
    {
        var status = (await cluster.PetrelAsync("status")).Succeeded();
        Assert.Contains("running, process", status, StringComparison.Ordinal);
        Assert.Matches(@"node\s+\S+ ready", status);
    }

    [ClusterFact]
    public async Task Wrong_arguments_are_refused_in_one_sentence()
    {
        Assert.Contains("\"many\" is no address range", (await cluster.PetrelAsync("up", "--cluster-cidr", "many")).Errors, StringComparison.Ordinal);
        Assert.Contains("is no duration such as", (await cluster.PetrelAsync("up", "--wait", "soon")).Errors, StringComparison.Ordinal);
        Assert.StartsWith("petrel up: --nodes 3: more than one node on a machine is not built yet", (await cluster.PetrelAsync("up", "--nodes", "3")).Errors, StringComparison.Ordinal);
        Assert.StartsWith("petrel images import: ", (await cluster.PetrelAsync("images", "import", "/nowhere.tar")).Errors, StringComparison.Ordinal);
    }
}
