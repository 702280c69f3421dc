using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class ContainerLimitsTests
{
    [Fact]
    public void Requests_weigh_and_limits_bound()
    {
        var resources = new ResourceRequirements
        {
            Requests = ApiMap.FromPairs(("cpu", Quantity.Parse("250m")), ("memory", Quantity.Parse("1Gi"))),
            Limits = ApiMap.FromPairs(("cpu", Quantity.Parse("500m")), ("memory", Quantity.Parse("2Gi")), ("hugepages-2Mi", Quantity.Parse("4Mi"))),
        };
        var limits = ContainerLimits.Of(new Container { Resources = resources }, "Burstable", 4L << 30);

        Assert.Equal((256, 50_000, 100_000, 2L << 30, 750), (limits.CpuShares, limits.CpuQuota, limits.CpuPeriod, limits.MemoryLimitInBytes, limits.OomScoreAdj));
        Assert.Equal(("2MB", 4UL << 20), (limits.HugepageLimits[0].PageSize, limits.HugepageLimits[0].Limit));
    }

    [Fact]
    public void Nothing_stated_is_the_least_weight_and_no_bound()
    {
        var limits = ContainerLimits.Of(new Container(), "BestEffort", 4L << 30);

        Assert.Equal((2, 0, 0, 1000), (limits.CpuShares, limits.CpuQuota, limits.MemoryLimitInBytes, limits.OomScoreAdj));
    }

    [Theory]
    [InlineData("Guaranteed", "/kubepods/podu")]
    [InlineData("Burstable", "/kubepods/burstable/podu")]
    [InlineData("BestEffort", "/kubepods/besteffort/podu")]
    public void The_cgroup_is_below_that_of_its_class(string qosClass, string expected) => Assert.Equal(expected, ContainerLimits.PodCgroup("/kubepods", qosClass, "u"));
}
