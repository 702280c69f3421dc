using Petrel.ApiServer.Tests.Subresources;
using Xunit;

namespace Petrel.ApiServer.Tests.Admission;

public sealed class QuotaConcurrencyTests
{
    [Fact]
    public async Task Writes_at_the_same_time_use_no_more_than_the_quota_has()
    {
        const int Writers = 40;
        const int Room = 13;
        await using var server = await TestServer.StartAsync();
        const string Quotas = "/api/v1/namespaces/default/resourcequotas";
        await server.SendAsync("POST", Quotas, $$$$"""{"metadata":{"name":"q"},"spec":{"hard":{"count/configmaps":"{{{{Room}}}}"}}}""");
        await server.SendAsync(
            "PATCH", Quotas + "/q/status", $$$$"""{"status":{"hard":{"count/configmaps":"{{{{Room}}}}"},"used":{"count/configmaps":"0"}}}""", "application/merge-patch+json");

        var answers = await Task.WhenAll(Enumerable.Range(0, Writers).Select(i => Task.Run(() =>
            server.SendAsync("POST", "/api/v1/namespaces/default/configmaps", $$$"""{"metadata":{"name":"c{{{i}}}"}}"""))));

        Assert.Equal((Room, Writers - Room), (answers.Count(static answer => answer.Code == 201), answers.Count(static answer => answer.Code == 403)));
        var quota = (await server.Admin.SendAsync("GET", Quotas + "/q")).Body;
        Assert.Equal("13", quota["status"]!["used"]!["count/configmaps"]!.ToString());
    }
}
