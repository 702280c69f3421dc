using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Wire;

public sealed class DnsNameTests
{
    [Theory]
    [InlineData(".", ".")]
    [InlineData("web.default.svc.cluster.local", "web.default.svc.cluster.local.")]
    [InlineData("Web.Default.", "Web.Default.")]
    [InlineData(@"a\.b.c", @"a\.b.c.")]
    [InlineData(@"a\032b.c", @"a\032b.c.")]
    [InlineData(@"\255\000.x", @"\255\000.x.")]
    [InlineData("_http._tcp.web", "_http._tcp.web.")]
    public void Text_survives_a_round_trip(string text, string expected) => Assert.Equal(expected, DnsName.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData(".a")]
    [InlineData("a..b")]
    [InlineData("é.example")]
    [InlineData(@"a\")]
    [InlineData(@"a\25")]
    [InlineData(@"a\256")]
    public void Text_that_is_no_name_is_refused(string text) => Assert.False(DnsName.TryParse(text, out _));

    [Fact]
    public void Labels_end_at_63_bytes_and_names_at_255()
    {
        string label = new('a', 63);
        Assert.True(DnsName.TryParse(label, out _));
        Assert.False(DnsName.TryParse(label + "a", out _));

        // Three labels of 64 bytes with their lengths, one of 62, and the root: 255.
        string longest = $"{label}.{label}.{label}.{new string('b', 61)}";
        Assert.Equal(255, DnsName.Parse(longest).Wire.Length);
        Assert.False(DnsName.TryParse(longest + "b", out _));
        Assert.False(DnsName.TryPrepend("x"u8, DnsName.Parse(longest), out _));
        Assert.True(DnsName.TryPrepend("x"u8, DnsName.Parse(longest[..^2]), out _));
    }

    [Fact]
    public void Comparison_ignores_case_and_hashes_agree()
    {
        DnsName lower = DnsName.Parse("web.example");
        DnsName upper = DnsName.Parse("WEB.Example");
        Assert.Equal(lower, upper);
        Assert.Equal(lower.GetHashCode(), upper.GetHashCode());
        Assert.NotEqual(lower, DnsName.Parse("wed.example"));
        Assert.Equal("WEB.Example.", upper.ToString());
    }

    [Theory]
    [InlineData("cluster.local", true)]
    [InlineData("a.b.CLUSTER.local", true)]
    [InlineData("mycluster.local", false)]
    [InlineData("local", false)]
    [InlineData("cluster.local.example", false)]
    public void A_zone_contains_itself_and_what_is_below(string name, bool expected) =>
        Assert.Equal(expected, DnsName.Parse(name).IsWithin(DnsName.Parse("cluster.local")));

    [Fact]
    public void Everything_is_within_the_root() => Assert.True(DnsName.Parse("a.b").IsWithin(DnsName.Root));

    [Fact]
    public void Parents_lead_to_the_root()
    {
        DnsName name = DnsName.Parse("a.bc.d");
        Assert.Equal(3, name.LabelCount);
        Assert.Equal(DnsName.Parse("bc.d"), name.Parent);
        Assert.True(name.Parent.Parent.Parent.IsRoot);
        Assert.Equal(DnsName.Root, name.Parent.Parent.Parent);
        Assert.True(DnsName.Root.Parent.IsRoot);
    }
}
