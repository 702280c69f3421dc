using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class PodFieldsTests
{
    private static readonly Pod Pod = new()
    {
        Metadata = new() { Name = "p", Namespace = "ns", Labels = ApiMap.FromPairs(("b", "2"), ("a.x/y", "say \"hi\"\n\\")) },
        Status = new() { PodIP = "10.0.0.1", PodIPs = [new() { Ip = "10.0.0.1" }, new() { Ip = "fd00::1" }] },
    };

    [Theory]
    [InlineData("metadata.name", "p")]
    [InlineData("status.podIPs", "10.0.0.1,fd00::1")]
    [InlineData("metadata.labels['b']", "2")]
    [InlineData("metadata.annotations['none']", "")]
    [InlineData("metadata.labels", "a.x/y=\"say \\\"hi\\\"\\n\\\\\"\nb=\"2\"")]
    [InlineData("spec.containers", null)]
    public void Fields_are_found_by_their_path(string path, string? value) => Assert.Equal(value, PodFields.Find(Pod, path));

    [Theory]
    [InlineData("limits.cpu", "1", "2")]
    [InlineData("limits.cpu", "1m", "1500")]
    [InlineData("limits.memory", "1Mi", "128")]
    [InlineData("limits.memory", "0", "134217728")]
    [InlineData("requests.memory", "1Mi", "0")]
    [InlineData("limits.ephemeral-storage", "1", "1000")]
    [InlineData("limits.pods", "1", null)]
    public void Amounts_are_divided_and_rounded_up_and_missing_limits_are_the_nodes(string resource, string divisor, string? value)
    {
        var container = new Container { Resources = new() { Limits = ApiMap.FromPairs(("cpu", Quantity.Parse("1500m")), ("memory", Quantity.Parse("128Mi"))) } };
        var selector = new ResourceFieldSelector { Resource = resource, Divisor = Quantity.Parse(divisor) };

        Assert.Equal(value, ResourceFields.Find(container, selector, ApiMap.FromPairs(("ephemeral-storage", Quantity.Parse("1000")))));
    }
}
