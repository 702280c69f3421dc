using Petrel.Cel.Libraries;
using Petrel.Cel.Values;

namespace Petrel.Cel.Tests;

public class NetworkAndUrlTests
{
    private static readonly CelEnvironment Environment = new(StandardLibrary.Instance, UrlsLibrary.Instance, NetworkLibrary.Instance);

    [Theory]
    [InlineData("isURL('https://a.io:80/p?q=1')", "true")]
    [InlineData("isURL('../x')", "false")]
    [InlineData("isURL('/abs')", "true")]
    [InlineData("isURL('https://a.io:x/')", "false")]
    [InlineData("url('https://user@a.io:80/p%20x?q=1').getScheme()", "https")]
    [InlineData("url('https://a.io:80/p').getHost()", "a.io:80")]
    [InlineData("url('https://[::1]:80/').getHostname()", "::1")]
    [InlineData("url('https://a.io/p').getPort()", "")]
    [InlineData("url('https://a.io/p%20x/y').getEscapedPath()", "/p%20x/y")]
    [InlineData("url('https://a.io/?q=1&q=2').getQuery()['q'][1]", "2")]
    [InlineData("isIP('10.0.0.1') && isIP('::1') && !isIP('10.0.0.01') && !isIP('::ffff:1.2.3.4') && !isIP('x')", "true")]
    [InlineData("string(ip('2001:db8:0:0::1'))", "2001:db8::1")]
    [InlineData("ip.isCanonical('2001:db8:0:0::1')", "false")]
    [InlineData("ip('10.0.0.1').family()", "4")]
    [InlineData("ip('127.0.0.1').isLoopback() && ip('8.8.8.8').isGlobalUnicast() && ip('fe80::1').isLinkLocalUnicast()", "true")]
    [InlineData("cidr('10.0.0.0/8').containsIP('10.1.2.3') && !cidr('10.0.0.0/8').containsIP(ip('11.0.0.1'))", "true")]
    [InlineData("cidr('10.0.0.0/8').containsCIDR('10.1.0.0/16') && !cidr('10.0.0.0/16').containsCIDR('10.0.0.0/8')", "true")]
    [InlineData("string(cidr('10.1.2.3/8').masked())", "10.0.0.0/8")]
    [InlineData("cidr('10.0.0.0/8').prefixLength()", "8")]
    [InlineData("isCIDR('10.0.0.0/33')", "false")]
    [InlineData("type(ip('::1')) == net.IP", "true")]
    public void Values(string expression, string expected)
    {
        var compilation = Environment.Compile(expression);
        Assert.True(compilation.Program is not null, compilation.Errors);
        Assert.Equal(expected, ValueText.Plain(compilation.Program.Evaluate(CelBindings.Empty, 1_000_000).Value));
    }
}
