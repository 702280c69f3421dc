using System.Collections.Immutable;
using System.Net;
using Petrel.Dns.Wire;
using Xunit;

namespace Petrel.Dns.Tests.Plugins;

public sealed class LoadBalancePluginTests
{
    [Fact]
    public async Task Every_address_comes_first_at_times()
    {
        await using DnsServer server = await TestServer.StartAsync();
        HashSet<string> first = [];
        for (int i = 0; i < 200 && first.Count < 3; i++)
        {
            DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "db.default.svc.cluster.local", RecordType.A);
            first.Add(RecordText.Format(reply.Sections.Answers[0]));
        }

        Assert.Equal(3, first.Count);
    }

    [Fact]
    public async Task An_alias_stays_ahead_of_its_targets_addresses()
    {
        await using DnsServer server = await TestServer.StartAsync();
        server.Records.SetService(TestCluster.Alias("store", "db.default.svc.cluster.local"));
        for (int i = 0; i < 20; i++)
        {
            DnsMessage reply = await TestClient.AskUdpAsync(server.EndPoints[0], "store.default.svc.cluster.local", RecordType.A);
            ImmutableArray<ResourceRecord> answers = reply.Sections.Answers;
            Assert.Equal(4, answers.Length);
            Assert.Equal(RecordType.Cname, answers[0].Type);
            Assert.Equal(3, answers.Skip(1).Select(record => new IPAddress(record.Data.Span)).Distinct().Count());
        }
    }
}
