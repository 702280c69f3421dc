using Xunit;

namespace Petrel.Network.Tests;

public sealed class InstanceNamesTests
{
    [Theory]
    [InlineData("petrel", "petrel0", "petrel")]
    [InlineData("node2", "petrel-node2", "petrel-node2")]
    public void Names_say_whose_they_are(string instance, string bridge, string table)
    {
        Assert.Equal(bridge, InstanceNames.Bridge(instance));
        Assert.Equal(table, InstanceNames.Table(instance));
    }

    [Fact]
    public void Long_names_fit_the_kernel_and_stay_different()
    {
        string one = InstanceNames.Bridge("a-cluster-with-a-long-name-1");
        string two = InstanceNames.Bridge("a-cluster-with-a-long-name-2");

        Assert.Equal(InstanceNames.InterfaceLengthMax, one.Length);
        Assert.Equal(InstanceNames.InterfaceLengthMax, two.Length);
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("")]
    [InlineData("Upper")]
    [InlineData("with space")]
    [InlineData("1st")]
    [InlineData("x;flush ruleset")]
    public void What_cannot_be_part_of_a_name_is_refused(string instance) =>
        Assert.Throws<ArgumentException>(() => InstanceNames.Table(instance));
}
