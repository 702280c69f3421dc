using Petrel.Node.Status;
using Xunit;

namespace Petrel.Node.Tests.Status;

public sealed class NodeResourcesTests
{
    [Fact]
    public void Allocatable_is_what_evictions_leave()
    {
        var resources = NodeResources.From(2, 8L << 30, 10 << 20, 110, new Dictionary<long, long> { [2 << 20] = 64 << 20 });

        Assert.Equal("cpu=2 ephemeral-storage=10Mi hugepages-2Mi=64Mi memory=8Gi pods=110", Text(resources.Capacity));
        Assert.Equal("cpu=2 ephemeral-storage=9437184 hugepages-2Mi=64Mi memory=8028Mi pods=110", Text(resources.Allocatable));
    }

    private static string Text(Petrel.Api.ApiMap<Petrel.Api.Quantity> amounts) => string.Join(' ', amounts.Select(amount => $"{amount.Key}={amount.Value}"));
}
