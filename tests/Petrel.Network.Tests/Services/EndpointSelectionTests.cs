using System.Net.Sockets;
using Petrel.Network.Services;
using Petrel.Network.Tests.Environment;
using Xunit;

namespace Petrel.Network.Tests.Services;

public sealed class EndpointSelectionTests
{
    [Fact]
    public void Ready_endpoints_are_chosen_and_those_on_this_node_for_policy_local()
    {
        EndpointSelection selection = Select(null, Sample.Remote("10.0.0.2", 80), Sample.Local("10.0.0.1", 80), Sample.Local("10.0.0.3", 80) with { IsReady = false });

        Assert.Equal(["10.0.0.1", "10.0.0.2"], selection.Cluster.Select(endpoint => endpoint.Address.ToString()));
        Assert.Equal(["10.0.0.1"], selection.Local.Select(endpoint => endpoint.Address.ToString()));
    }

    [Fact]
    public void Local_endpoints_that_terminate_but_serve_are_used_even_when_others_elsewhere_are_ready()
    {
        EndpointSelection selection = Select(null, Sample.Remote("10.0.0.2", 80), Sample.Local("10.0.0.1", 80) with { IsReady = false, IsTerminating = true });

        Assert.Equal(["10.0.0.2"], selection.Cluster.Select(endpoint => endpoint.Address.ToString()));
        Assert.Equal(["10.0.0.1"], selection.Local.Select(endpoint => endpoint.Address.ToString()));
    }

    [Fact]
    public void An_endpoint_of_two_slices_counts_once() =>
        Assert.Single(Select(null, Sample.Local("10.0.0.1", 80), Sample.Local("10.0.0.1", 80)).Cluster);

    [Fact]
    public void Zone_hints_count_when_every_endpoint_has_one_and_some_name_the_zone()
    {
        ServiceEndpoint here = Sample.Remote("10.0.0.1", 80) with { ZoneHints = ["here"] };
        ServiceEndpoint there = Sample.Remote("10.0.0.2", 80) with { ZoneHints = ["there"] };
        ServiceEndpoint nowhere = Sample.Remote("10.0.0.3", 80);

        Assert.Equal([here], Select("here", here, there).Cluster.AsEnumerable());
        Assert.Equal([here, there], Select("elsewhere", here, there).Cluster.AsEnumerable());
        Assert.Equal([here, there, nowhere], Select("here", here, there, nowhere).Cluster.AsEnumerable());
        Assert.Equal([here, there], Select(null, here, there).Cluster.AsEnumerable());
    }

    private static EndpointSelection Select(string? zone, params ServiceEndpoint[] endpoints) =>
        EndpointSelection.Of(Sample.Port(80, endpoints), AddressFamily.InterNetwork, zone);
}
