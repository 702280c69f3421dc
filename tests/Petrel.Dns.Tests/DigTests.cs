using System.Diagnostics;
using System.Net;
using Petrel.Dns.Kubernetes;
using Petrel.Dns.Plugins;
using Xunit;

namespace Petrel.Dns.Tests;

/// <summary>The same answers through eyes that are not ours: BIND's dig.</summary>
public sealed class DigTests : IAsyncLifetime
{
    private DnsServer _upstream = null!;
    private DnsServer _server = null!;

    public async Task InitializeAsync()
    {
        _upstream = await TestServer.StartAsync(new DnsServerOptions { Domain = "other.test" });
        _server = await TestServer.StartAsync(new DnsServerOptions { Forward = new ForwardPluginOptions { Upstreams = _upstream.EndPoints } });
        _server.Records.SetService(TestCluster.Alias("outside", "web.default.svc.other.test"));
    }

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        await _upstream.DisposeAsync();
    }

    [DigFact]
    public async Task A_service_has_an_address() =>
        Assert.Equal(["10.96.0.20"], await DigAsync("+short", "web.default.svc.cluster.local", "A"));

    [DigFact]
    public async Task A_service_without_ipv6_has_no_data()
    {
        string[] lines = await DigAsync("+noall", "+comments", "+authority", "web.default.svc.cluster.local", "AAAA");
        Assert.Contains(lines, line => line.Contains("status: NOERROR", StringComparison.Ordinal) && line.Contains("opcode: QUERY", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("flags: qr aa rd; QUERY: 1, ANSWER: 0, AUTHORITY: 1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("SOA\tns.dns.cluster.local. hostmaster.cluster.local.", StringComparison.Ordinal));
    }

    [DigFact]
    public async Task A_port_is_located() =>
        Assert.Equal(["0 100 80 web.default.svc.cluster.local."], await DigAsync("+short", "_http._tcp.web.default.svc.cluster.local", "SRV"));

    [DigFact]
    public async Task An_address_leads_back_to_its_name() =>
        Assert.Equal(["web.default.svc.cluster.local."], await DigAsync("+short", "-x", "10.96.0.20"));

    [DigFact]
    public async Task A_headless_service_has_its_endpoints_addresses() =>
        Assert.Equal(["10.244.0.10", "10.244.0.11", "10.244.0.12"], (await DigAsync("+short", "db.default.svc.cluster.local", "A")).Order(StringComparer.Ordinal));

    [DigFact]
    public async Task An_external_name_is_followed_into_the_other_domain() =>
        Assert.Equal(["web.default.svc.other.test.", "10.96.0.20"], await DigAsync("+short", "outside.default.svc.cluster.local", "A"));

    [DigFact]
    public async Task A_pod_has_its_address() =>
        Assert.Equal(["10.244.1.2"], await DigAsync("+short", "10-244-1-2.default.pod.cluster.local", "A"));

    [DigFact]
    public async Task The_schema_version_is_told() =>
        Assert.Equal(["\"1.1.0\""], await DigAsync("+short", "dns-version.cluster.local", "TXT"));

    [DigFact]
    public async Task A_search_list_finds_the_short_name() =>
        Assert.Equal(["10.96.0.20"], await DigAsync("+short", "+search", "+domain=default.svc.cluster.local", "+ndots=5", "web", "A"));

    [DigFact]
    public async Task Tcp_is_served()
    {
        string[] lines = await DigAsync("+tcp", "web.default.svc.cluster.local", "A");
        Assert.Contains(lines, line => line.StartsWith(";; SERVER:", StringComparison.Ordinal) && line.Contains("(TCP)", StringComparison.Ordinal));
        Assert.Contains("web.default.svc.cluster.local. 30 IN\tA\t10.96.0.20", lines);
    }

    [DigFact]
    public async Task A_big_answer_is_truncated_and_asked_again_over_tcp()
    {
        _server.Records.SetService(TestCluster.Headless("big"));
        _server.Records.SetEndpointSlice(TestCluster.Slice(
            "big-1", "big", [], [.. Enumerable.Range(1, 200).Select(i => new EndpointRecord(new IPAddress([10, 1, 0, (byte)i]), null))]));
        string[] lines = await DigAsync("+noedns", "big.default.svc.cluster.local", "A");
        Assert.Contains(lines, line => line.Contains("Truncated, retrying in TCP mode", StringComparison.Ordinal));
        Assert.Equal(200, lines.Count(line => line.StartsWith("big.default.svc.cluster.local. 30 IN\tA\t10.1.0.", StringComparison.Ordinal)));
    }

    [DigFact]
    public async Task Edns_is_answered()
    {
        string[] lines = await DigAsync("+dnssec", "+bufsize=4096", "web.default.svc.cluster.local", "A");
        Assert.Contains("; EDNS: version: 0, flags: do; udp: 1232", lines);
        Assert.DoesNotContain(lines, line => line.Contains("WARNING: Message", StringComparison.Ordinal));
    }

    [DigFact]
    public async Task Another_domain_is_forwarded()
    {
        string[] lines = await DigAsync("db.default.svc.other.test", "A");
        Assert.Contains(lines, line => line.Contains("status: NOERROR", StringComparison.Ordinal));
        Assert.Equal(3, lines.Count(line => line.StartsWith("db.default.svc.other.test. 30\tIN\tA\t10.244.0.", StringComparison.Ordinal)));
    }

    [DigFact]
    public async Task A_dead_upstream_is_a_server_failure()
    {
        await _upstream.StopAsync();
        string[] lines = await DigAsync("www.example.com", "A");
        Assert.Contains(lines, line => line.Contains("status: SERVFAIL", StringComparison.Ordinal));
    }

    private async Task<string[]> DigAsync(params string[] arguments)
    {
        IPEndPoint endPoint = _server.EndPoints[0];
        ProcessStartInfo start = new(DigFactAttribute.Path, ["-r", $"@{endPoint.Address}", "-p", $"{endPoint.Port}", .. arguments]) { RedirectStandardOutput = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("dig did not start.");
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
