using Petrel.Network.Services;
using Xunit;

namespace Petrel.Network.Tests.Services;

public sealed class ServiceModesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("nftables")]
    public void The_default_mode_is_nftables(string mode) =>
        Assert.Equal("Nftables", ServiceModes.Create(new ServiceProxyOptions { NodeName = "node", Mode = mode }).GetType().Name);

    [Fact]
    public void A_mode_that_does_not_exist_is_refused_with_those_that_do()
    {
        ArgumentException exception = Assert.Throws<ArgumentException>(
            () => ServiceModes.Create(new ServiceProxyOptions { NodeName = "node", Mode = "ipvs" }));

        Assert.Equal("proxy mode \"ipvs\" is not supported; supported modes: nftables", exception.Message);
    }
}
