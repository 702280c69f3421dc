using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Api.Networking;
using Petrel.ApiServer.Services;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests.Services;

public sealed class ServiceAddressKeeperTests
{
    [Fact]
    public async Task A_deleted_address_of_a_service_comes_back_and_its_people_are_told()
    {
        await using var server = await TestServer.StartAsync();
        await CreateAsync(server, "early", "10.96.0.20");
        await server.Admin.DeleteAsync<IPAddress>(null, "10.96.0.20", null, default);

        using var stop = new CancellationTokenSource();
        var keeping = new ServiceAddressKeeper(server.Admin, TimeProvider.System, NullLoggerFactory.Instance).RunAsync(stop.Token);
        await UntilAsync(async () => await server.Admin.FindAsync<IPAddress>(null, "10.96.0.20", default) is not null);

        await CreateAsync(server, "s", "10.96.0.21");
        var before = await server.Admin.GetAsync<IPAddress>(null, "10.96.0.21", default);
        await server.Admin.DeleteAsync<IPAddress>(null, "10.96.0.21", null, default);
        IPAddress? after = null;
        await UntilAsync(async () => (after = await server.Admin.FindAsync<IPAddress>(null, "10.96.0.21", default)) is not null);
        Assert.Equal((before.Spec, before.Metadata.Labels), (after!.Spec, after.Metadata.Labels));
        await UntilAsync(async () => (await server.Admin.ListAsync<Event>("default", new ListOptions(), default)).Items.Any(static found =>
            found is { Reason: "ClusterIPNotAllocated", Type: "Warning", InvolvedObject.Name: "s", Message: "Cluster IP [IPv4]: 10.96.0.21 is not allocated; repairing" }));

        await server.Admin.DeleteAsync<Service>("default", "s", null, default);
        Assert.Null(await server.Admin.FindAsync<IPAddress>(null, "10.96.0.21", default));
        await stop.CancelAsync();
        await keeping;
        Assert.Null(await server.Admin.FindAsync<IPAddress>(null, "10.96.0.21", default));
    }

    private static Task<Service> CreateAsync(TestServer server, string name, string address) => server.Admin.CreateAsync(
        new Service { Metadata = new ObjectMeta { Name = name, Namespace = "default" }, Spec = new ServiceSpec { ClusterIP = address, Ports = [new ServicePort { Port = 80 }] } }, default);

    private static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await condition())
        {
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
