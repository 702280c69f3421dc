using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Petrel.Dns.Tests;

/// <summary>Starts servers on free ports of the loopback address.</summary>
internal static class TestServer
{
    public static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    /// <summary>A server that knows no cluster yet.</summary>
    public static async Task<DnsServer> StartEmptyAsync()
    {
        DnsServer server = new(new DnsServerOptions { Listen = [AnyPort], ResolverConfigurationPath = null }, NullLoggerFactory.Instance);
        await server.StartAsync(CancellationToken.None);
        return server;
    }

    /// <summary>A server for the test cluster that forwards nowhere unless the options say so.</summary>
    public static async Task<DnsServer> StartAsync(DnsServerOptions? options = null, ILoggerFactory? loggers = null)
    {
        options ??= new DnsServerOptions();
        DnsServer server = new(
            options with
            {
                Listen = options.Listen.IsEmpty && options.Sockets.IsEmpty ? [AnyPort] : options.Listen,
                ResolverConfigurationPath = null,
            },
            loggers ?? NullLoggerFactory.Instance);
        TestCluster.Fill(server.Records);
        await server.StartAsync(CancellationToken.None);
        return server;
    }
}
