using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api;
using Petrel.Api.Coordination;
using Petrel.Client.Api;
using Petrel.Node.Agent;
using Petrel.Node.Status;
using Xunit;

namespace Petrel.Node.Tests.Agent;

[Collection(ContainerdTests.Name)]
public sealed class NodeRegistrationTests(ContainerdFixture containerd) : IAsyncLifetime
{
    private readonly ServerFixture _server = new();
    private readonly NodeOptions _options = new()
    {
        Name = "n1",
        Addresses = [IPAddress.Parse("10.1.2.3")],
        RootDirectory = Directory.CreateTempSubdirectory("petrel-node-").FullName,
        Labels = ApiMap.FromPairs(("zone", "a")),
    };

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync()
    {
        Directory.Delete(_options.RootDirectory, recursive: true);
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_node_registers_once_and_brings_its_labels_up_to_date()
    {
        var node = await Registration(_options).RunAsync(CancellationToken.None);
        Assert.Equal(("n1", "linux", "a"), (node.Metadata.Labels["kubernetes.io/hostname"], node.Metadata.Labels["kubernetes.io/os"], node.Metadata.Labels["zone"]));

        var again = await Registration(_options with { Labels = ApiMap.FromPairs(("zone", "b")) }).RunAsync(CancellationToken.None);
        Assert.Equal((node.Metadata.Uid, "b"), (again.Metadata.Uid, again.Metadata.Labels["zone"]));
    }

    [Fact]
    public async Task The_lease_belongs_to_the_node_and_is_renewed()
    {
        var node = await Registration(_options).RunAsync(CancellationToken.None);
        var lease = new NodeLease(_server.Api, _options, TimeProvider.System, NullLogger<NodeLease>.Instance);
        await lease.RenewAsync(CancellationToken.None);
        var first = await _server.Api.GetAsync<Lease>("kube-node-lease", "n1", CancellationToken.None);
        await lease.RenewAsync(CancellationToken.None);
        var second = await _server.Api.GetAsync<Lease>("kube-node-lease", "n1", CancellationToken.None);

        Assert.Equal(("n1", 40, node.Metadata.Uid), (first.Spec.HolderIdentity, first.Spec.LeaseDurationSeconds, first.Metadata.OwnerReferences[0].Uid));
        Assert.True(second.Spec.RenewTime > first.Spec.RenewTime);
    }

    [RuntimeFact]
    public async Task The_status_tells_what_the_node_is_and_is_not_written_without_change()
    {
        await Registration(_options).RunAsync(CancellationToken.None);
        var reporter = new NodeStatusReporter(_server.Api, containerd.Runtime, _options, static () => default, TimeProvider.System, NullLogger<NodeStatusReporter>.Instance);
        await Conditions.UntilAsync(async () =>
        {
            await reporter.ReportAsync(CancellationToken.None);
            return (await NodeAsync()).Status.Conditions.Any(condition => condition.Type == "Ready" && condition.Status == "True");
        });
        var node = await NodeAsync();
        await reporter.ReportAsync(CancellationToken.None);

        Assert.Equal(node.Metadata.ResourceVersion, (await NodeAsync()).Metadata.ResourceVersion);
        Assert.Equal(["InternalIP 10.1.2.3", "Hostname n1"], node.Status.Addresses.Select(address => $"{address.Type} {address.Address}"));
        Assert.StartsWith("containerd://", node.Status.NodeInfo.ContainerRuntimeVersion, StringComparison.Ordinal);
        Assert.Contains(node.Status.Images, image => image.Names.Contains(ContainerdFixture.Busybox));
        Assert.Equal(Environment.ProcessorCount, node.Status.Capacity["cpu"].Value);
        Assert.Equal(10250, node.Status.DaemonEndpoints.KubeletEndpoint.Port);
    }

    private NodeRegistration Registration(NodeOptions options) => new(_server.Api, options, TimeProvider.System, NullLogger<NodeRegistration>.Instance);

    private Task<Petrel.Api.Core.Node> NodeAsync() => _server.Api.GetAsync<Petrel.Api.Core.Node>(null, "n1", CancellationToken.None);
}
