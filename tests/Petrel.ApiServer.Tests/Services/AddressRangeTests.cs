using System.Net;
using Petrel.ApiServer.Services;
using Xunit;

namespace Petrel.ApiServer.Tests.Services;

public sealed class AddressRangeTests
{
    [Theory]
    [InlineData("10.96.0.0/24", "10.96.0.1", "10.96.0.254")]
    [InlineData("10.96.0.0/30", "10.96.0.1", "10.96.0.2")]
    [InlineData("10.96.0.9/24", "10.96.0.1", "10.96.0.254")]
    [InlineData("fd00::/64", "fd00::1", "fd00::ffff:ffff:ffff:ffff")]
    [InlineData("fd00::10/124", "fd00::11", "fd00::1f")]
    public void Every_address_but_the_networks_own_and_the_broadcast_address_is_given(string text, string first, string last)
    {
        var range = AddressRange.ParseList(text)[0];
        Assert.Equal(0UL, range.NumberOf(IPAddress.Parse(first)));
        var end = range.NumberOf(IPAddress.Parse(last))!.Value;
        Assert.Equal(IPAddress.Parse(last), range.AddressOf(end));
        Assert.True(range.Pool.TryClaim(end, "a"));
        Assert.Throws<ArgumentOutOfRangeException>(() => range.Pool.TryClaim(end + 1, "a"));
    }

    [Theory]
    [InlineData("10.96.0.0", "the provided IP (10.96.0.0) is not in the valid range. The range of valid IPs is 10.96.0.0/24")]
    [InlineData("10.96.0.255", "the provided IP (10.96.0.255) is not in the valid range. The range of valid IPs is 10.96.0.0/24")]
    [InlineData("10.97.0.1", "the provided network does not match the current range")]
    [InlineData("fd00::1", "the provided network does not match the current range")]
    public void Other_addresses_are_refused(string address, string why)
    {
        var range = AddressRange.ParseList("10.96.0.0/24")[0];
        Assert.Null(range.NumberOf(IPAddress.Parse(address)));
        Assert.Equal(why, range.Refusal(IPAddress.Parse(address)));
    }

    // The figures of kubernetes.io, "Service ClusterIP allocation".
    [Theory]
    [InlineData("10.96.0.0/24", "10.96.0.17")]
    [InlineData("10.96.0.0/20", "10.96.1.1")]
    [InlineData("10.96.0.0/16", "10.96.1.1")]
    public void Picked_addresses_come_from_above_the_static_band(string text, string lowest)
    {
        var range = AddressRange.ParseList(text)[0];
        var least = range.NumberOf(IPAddress.Parse(lowest))!.Value;
        for (var i = 0; i < 200; i++)
        {
            Assert.InRange(range.Pool.ClaimAny("a")!.Value, least, ulong.MaxValue);
        }
    }

    [Fact]
    public void The_whole_range_is_given_before_it_is_full()
    {
        var range = AddressRange.ParseList("10.96.0.0/24")[0];
        var given = Enumerable.Range(0, 254).Select(_ => range.AddressOf(range.Pool.ClaimAny("a")!.Value)).ToHashSet();
        Assert.Equal(254, given.Count);
        Assert.Null(range.Pool.ClaimAny("a"));
        range.Pool.Release(7, "b");
        Assert.Null(range.Pool.ClaimAny("a"));
        range.Pool.Release(7, "a");
        Assert.Equal(7UL, range.Pool.ClaimAny("a"));
    }

    [Theory]
    [InlineData("10.96.0.0")]
    [InlineData("10.96.0.0/31")]
    [InlineData("fd00::/48")]
    [InlineData("10.96.0.0/16,10.97.0.0/16")]
    public void What_is_no_range_is_refused(string text) =>
        Assert.Contains("--service-cluster-ip-range", Assert.Throws<FormatException>(() => AddressRange.ParseList(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void Picked_ports_come_from_above_the_static_band()
    {
        var range = new PortRange(30000, 32767);
        var given = Enumerable.Range(0, 2768 - 86).Select(_ => range.PortOf(range.Pool.ClaimAny("a")!.Value)).ToHashSet();
        Assert.Equal(30086, given.Min());
        Assert.Equal(32767, given.Max());
        Assert.InRange(range.PortOf(range.Pool.ClaimAny("a")!.Value), 30000, 30085);
    }
}
