using Petrel.Api.FlowControl;
using Petrel.ApiServer.Fairness;
using Xunit;

namespace Petrel.ApiServer.Tests.Fairness;

public sealed class SeatAllocationTests
{
    private const int ServerSeats = 600;

    [Theory]
    [InlineData("system", 74, 50)]
    [InlineData("node-high", 98, 73)]
    [InlineData("leader-election", 25, 25)]
    [InlineData("workload-high", 98, 49)]
    [InlineData("workload-low", 245, 24)]
    [InlineData("global-default", 49, 24)]
    [InlineData("catch-all", 13, 13)]
    [InlineData("exempt", 0, 0)]
    public void The_built_in_levels_share_the_seats_of_a_server_as_upstream_documents(string name, int nominal, int lower)
    {
        var levels = BuiltInPriorityLevels.Mandatory.Concat(BuiltInPriorityLevels.Suggested).ToList();
        var sum = levels.Sum(static level => (long)SeatAllocation.Shares(level.Spec));

        var limits = SeatAllocation.Limits(levels.Single(level => level.Metadata.Name == name).Spec, ServerSeats, sum);
        Assert.Equal(new SeatLimits(nominal, lower, nominal + ServerSeats), limits);
    }

    [Fact]
    public void A_borrowing_limit_caps_what_a_level_may_have()
    {
        var spec = new PriorityLevelConfigurationSpec
        {
            Type = PriorityLevelConfigurationSpec.LimitedType,
            Limited = new LimitedPriorityLevelConfiguration { NominalConcurrencyShares = 1, LendablePercent = 0, BorrowingLimitPercent = 50 },
        };
        Assert.Equal(new SeatLimits(100, 100, 150), SeatAllocation.Limits(spec, ServerSeats, 6));
    }

    [Fact]
    public void Seats_go_to_who_needs_them_and_nobody_falls_below_what_he_keeps()
    {
        SeatClaim idle = new(Lower: 20, Guaranteed: 20, Upper: 1000, Target: 20), busy = new(Lower: 10, Guaranteed: 50, Upper: 1000, Target: 200);
        var (seats, fraction) = SeatAllocation.Divide(110, [idle, busy]);

        Assert.Equal([20, 90], seats);
        Assert.Equal(0.45, fraction, 3);
    }

    [Fact]
    public void Nobody_gets_more_than_he_may_have()
    {
        SeatClaim capped = new(10, 10, Upper: 30, Target: 500), other = new(10, 10, 1000, Target: 10);
        Assert.Equal([30, 70], SeatAllocation.Divide(100, [capped, other]).Seats);
    }

    [Fact]
    public void Too_few_seats_are_shared_in_proportion()
    {
        SeatClaim first = new(10, 50, 100, 60), second = new(30, 30, 100, 60);
        Assert.Equal([5, 15], SeatAllocation.Divide(20, [first, second]).Seats);
        Assert.Equal([30, 30], SeatAllocation.Divide(60, [first, second]).Seats);
        Assert.Equal([0, 0], SeatAllocation.Divide(-1, [first, second]).Seats);
    }
}
