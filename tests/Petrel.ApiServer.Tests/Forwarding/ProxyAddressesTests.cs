using Petrel.ApiServer.Forwarding;
using Petrel.ApiServer.Responses;
using Xunit;

namespace Petrel.ApiServer.Tests.Forwarding;

public sealed class ProxyAddressesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("name")]
    [InlineData("127.0.0.1")]
    [InlineData("127.8.0.1")]
    [InlineData("::1")]
    [InlineData("::ffff:127.0.0.1")]
    [InlineData("169.254.169.254")]
    [InlineData("::ffff:169.254.169.254")]
    [InlineData("fe80::1")]
    [InlineData("224.0.0.1")]
    [InlineData("ff02::1")]
    public void The_server_itself_and_its_link_are_out_of_reach(string address) =>
        Assert.Equal("address not allowed", Assert.Throws<StatusException>(() => ProxyAddresses.Check(address)).Status.Message);

    [Theory]
    [InlineData("10.244.0.5")]
    [InlineData("fd00::5")]
    [InlineData("192.168.1.1")]
    public void Other_addresses_are_allowed(string address) => ProxyAddresses.Check(address);

    [Theory]
    [InlineData("p", "http", "p", "")]
    [InlineData("p:", "http", "p", "")]
    [InlineData("p:80", "http", "p", "80")]
    [InlineData("https:p:web", "https", "p", "web")]
    [InlineData(":p:80", "http", "p", "80")]
    public void Names_may_carry_a_scheme_and_a_port(string text, string scheme, string name, string port) =>
        Assert.Equal(new ProxyName(scheme, name, port), ProxyName.Parse(text, "pod"));

    [Theory]
    [InlineData("ftp:p:80")]
    [InlineData("p:99999")]
    [InlineData(":80")]
    [InlineData("a:b:c:d")]
    public void What_is_no_such_name_is_refused(string text) =>
        Assert.Equal($"invalid service request \"{text}\"", Assert.Throws<StatusException>(() => ProxyName.Parse(text, "service")).Status.Message);
}
