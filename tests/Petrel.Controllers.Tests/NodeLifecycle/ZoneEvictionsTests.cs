using Petrel.Client.Tests;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.NodeLifecycle;
using Xunit;

namespace Petrel.Controllers.Tests.NodeLifecycle;

public sealed class ZoneEvictionsTests
{
    private readonly ManualTime _time = new();
    private readonly ZoneEvictions _evictions;

    public ZoneEvictionsTests() => _evictions = new ZoneEvictions(new ControllerOptions(), _time);

    [Fact]
    public void One_node_of_a_zone_goes_every_ten_seconds_and_zones_do_not_wait_for_each_other()
    {
        var nodes = Nodes(("a", 2, 8), ("b", 1, 2));
        Assert.Equal(TimeSpan.Zero, _evictions.Take("a", nodes));
        Assert.Equal(TimeSpan.FromSeconds(10), _evictions.Take("a", nodes));
        Assert.Equal(TimeSpan.Zero, _evictions.Take("b", nodes));
        _time.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal(TimeSpan.FromSeconds(6), _evictions.Take("a", nodes));
        _time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(TimeSpan.Zero, _evictions.Take("a", nodes));
    }

    [Fact]
    public void An_eviction_that_did_not_come_about_may_be_tried_again_at_once()
    {
        var nodes = Nodes(("a", 1, 1));
        Assert.Equal(TimeSpan.Zero, _evictions.Take("a", nodes));
        _evictions.GiveBack("a");
        Assert.Equal(TimeSpan.Zero, _evictions.Take("a", nodes));
    }

    [Theory]
    [InlineData(2, 1, 10.0)]
    [InlineData(3, 3, 10.0)]
    [InlineData(3, 2, null)]
    [InlineData(30, 20, null)]
    [InlineData(30, 21, 100.0)]
    [InlineData(60, 0, 10.0)]
    public void A_zone_that_is_partly_down_stops_when_it_is_small_and_slows_down_when_it_is_large(int unready, int ready, double? seconds)
    {
        var nodes = Nodes(("a", unready, ready), ("b", 0, 1));
        Assert.Equal(seconds is null ? null : TimeSpan.Zero, _evictions.Take("a", nodes));
        Assert.Equal(seconds is { } wait ? TimeSpan.FromSeconds(wait) : null, _evictions.Take("a", nodes));
    }

    [Fact]
    public void Nobody_is_evicted_when_no_node_anywhere_is_ready()
    {
        var nodes = Nodes(("a", 1, 0), ("b", 2, 0));
        Assert.True(ZoneEvictions.IsTotal(nodes));
        Assert.Null(_evictions.Take("a", nodes));
    }

    private static List<NodeState> Nodes(params (string Zone, int Unready, int Ready)[] zones) =>
    [
        .. zones.SelectMany(static zone => Enumerable.Repeat(new NodeState(zone.Zone, false), zone.Unready).Concat(Enumerable.Repeat(new NodeState(zone.Zone, true), zone.Ready))),
    ];
}
