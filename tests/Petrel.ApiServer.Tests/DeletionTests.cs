using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.ApiServer.Tests;

public sealed class DeletionTests
{
    [Fact]
    public async Task A_deletion_that_somebody_else_completes_has_succeeded()
    {
        await using var server = await TestServer.StartAsync();
        var api = server.Admin;
        await api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = "default", Name = "default" } }, default);
        using var stop = new CancellationTokenSource();
        var helping = HelpAsync(api, stop.Token);
        for (var i = 0; i < 100; i++)
        {
            await api.CreateAsync(new Pod { Metadata = new() { Namespace = "default", Name = $"p{i}" }, Spec = new() { Containers = [new Container { Name = "c", Image = "i" }] } }, default);
            Assert.True(await api.DeleteAsync<Pod>("default", $"p{i}", null, default));
            Assert.Null(await api.FindAsync<Pod>("default", $"p{i}", default));
        }

        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => helping);
    }

    /// <summary>Writes to pods that are marked as going, and deletes them, too.</summary>
    private static async Task HelpAsync(IApi api, CancellationToken cancellationToken)
    {
        await foreach (var change in api.WatchAsync<Pod>("default", new ListOptions(), cancellationToken))
        {
            if (change is { Type: "MODIFIED", Object: { Metadata.DeletionTimestamp: not null } pod })
            {
                var name = pod.Metadata.Name;
                await api.SendAsync(new ApiRequest("PATCH", $"/api/v1/namespaces/default/pods/{name}/status") { ContentType = "application/merge-patch+json", Body = """{"status":{"phase":"Failed"}}"""u8.ToArray() }, cancellationToken);
                await api.DeleteAsync<Pod>("default", name, null, cancellationToken);
            }
        }
    }
}
