using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Dns;
using Petrel.Dns.Bench;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Wire;

// Like dnsperf: clients that each keep one query under way over UDP, against a server in this process that knows
// 10,000 services. What the clients allocate is next to nothing, so the bytes per query are the server's.
const int Services = 10_000;
int clients = args.Length > 0 ? int.Parse(args[0], null) : 16;
TimeSpan duration = TimeSpan.FromSeconds(args.Length > 1 ? int.Parse(args[1], null) : 5);

DnsServerOptions options = new() { Listen = [new IPEndPoint(IPAddress.Loopback, 0)], ResolverConfigurationPath = null };
await using DnsServer server = new(options, NullLoggerFactory.Instance);
long start = Stopwatch.GetTimestamp();
server.Records.SetNamespace("default");
for (int i = 0; i < Services; i++)
{
    IPAddress address = new([10, 96, (byte)(i >> 8), (byte)i]);
    server.Records.SetService(new ServiceRecord("default", $"service-{i}", [address], IsHeadless: false, Alias: null, [new PortRecord("http", "TCP", 80)]));
}

server.Records.MarkSynced();
Console.WriteLine($"{Services} services indexed in {Stopwatch.GetElapsedTime(start).TotalMilliseconds:F0} ms");
await server.StartAsync(CancellationToken.None);

foreach ((string name, RecordType type) in new[] { ("A", RecordType.A), ("AAAA without data", RecordType.Aaaa), ("SRV", RecordType.Srv) })
{
    await Load.RunAsync(server.EndPoints[0], clients, TimeSpan.FromSeconds(1), Services, type);
    LoadResult result = await Load.RunAsync(server.EndPoints[0], clients, duration, Services, type);
    Console.WriteLine($"{name}: {result}");
}
