using System.Net;
using Petrel.Dns.Forwarding;
using Xunit;

namespace Petrel.Dns.Tests.Forwarding;

public sealed class ResolverConfigurationTests
{
    [Fact]
    public void Name_servers_are_read_in_order_and_the_rest_is_ignored()
    {
        const string Text = """
            # comment
            search example.com
            nameserver 192.0.2.1
            nameserver	2001:db8::53   ; comment
            nameserver fe80::1%2
            options ndots:5
              nameserver 192.0.2.2
            nameserver 192.0.2.1
            nameserver
            nameserver not-an-address
            ;nameserver 192.0.2.9
            """;
        IPEndPoint[] expected =
        [
            IPEndPoint.Parse("192.0.2.1:53"),
            IPEndPoint.Parse("[2001:db8::53]:53"),
            IPEndPoint.Parse("[fe80::1%2]:53"),
            IPEndPoint.Parse("192.0.2.2:53"),
        ];
        Assert.Equal<IPEndPoint>(expected, ResolverConfiguration.ParseNameServers(Text));
    }

    [Fact]
    public void Windows_line_ends_and_empty_files_are_fine()
    {
        Assert.Equal<IPEndPoint>([IPEndPoint.Parse("192.0.2.1:53")], ResolverConfiguration.ParseNameServers("nameserver 192.0.2.1\r\n"));
        Assert.Empty(ResolverConfiguration.ParseNameServers(""));
    }

    [Fact]
    public async Task The_file_is_read_when_the_server_starts()
    {
        string path = Path.GetTempFileName();
        await using StubUpstream silent = new(_ => []);
        try
        {
            await File.WriteAllTextAsync(path, "search example.com\n");
            DnsServerOptions options = new() { Listen = [TestServer.AnyPort], ResolverConfigurationPath = path };
            await using DnsServer server = new(options, Microsoft.Extensions.Logging.Abstractions.NullLoggerFactory.Instance);
            await server.StartAsync(CancellationToken.None);
            Assert.Equal(
                Petrel.Dns.Wire.ResponseCode.Refused,
                (await TestClient.AskUdpAsync(server.EndPoints[0], "www.example.com", Petrel.Dns.Wire.RecordType.A)).ResponseCode);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
