using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class StorageProtectionTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_deleted_claim_waits_for_the_pods_that_use_it()
    {
        await _cluster.Api.CreateAsync(new Namespace { Metadata = new() { Name = "shop" } }, default);
        await _cluster.UntilAsync<ServiceAccount>("shop", "default", static _ => true);
        foreach (var name in new[] { "used", "free" })
        {
            await _cluster.Api.CreateAsync(Claim(name), default);
        }

        await _cluster.Api.CreateAsync(PodWith("used", node: "n"), default);
        await _cluster.Api.CreateAsync(PodWith("free", node: ""), default);
        foreach (var name in new[] { "used", "free" })
        {
            await _cluster.Api.DeleteAsync<PersistentVolumeClaim>("shop", name, null, default);
        }

        await _cluster.UntilGoneAsync<PersistentVolumeClaim>("shop", "free");
        var waiting = await _cluster.Api.GetAsync<PersistentVolumeClaim>("shop", "used", default);
        Assert.Equal([PersistentVolumeClaim.ProtectionFinalizer], waiting.Metadata.Finalizers);
        await _cluster.Api.DeleteAsync<Pod>("shop", "used", new DeleteOptions { GracePeriodSeconds = 0 }, default);
        await _cluster.UntilGoneAsync<PersistentVolumeClaim>("shop", "used");
    }

    [Fact]
    public async Task A_namespace_with_claims_is_emptied()
    {
        await _cluster.Api.CreateAsync(new Namespace { Metadata = new() { Name = "shop" } }, default);
        await _cluster.Api.CreateAsync(Claim("c"), default);
        await _cluster.Api.DeleteAsync<Namespace>(null, "shop", null, default);
        await _cluster.UntilGoneAsync<Namespace>(null, "shop");
    }

    [Fact]
    public async Task A_volume_that_lost_its_protection_gets_it_back_and_goes_when_it_is_not_bound()
    {
        var volume = await _cluster.Api.CreateAsync(
            new PersistentVolume
            {
                Metadata = new() { Name = "v" },
                Spec = new() { Capacity = [new("storage", Quantity.Parse("1Gi"))], AccessModes = ["ReadWriteOnce"], HostPath = new() { Path = "/data" } },
            },
            default);
        await _cluster.PatchAsync<PersistentVolume>(null, "v", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["kubernetes.io/pv-protection"]}}""");
        await _cluster.UntilAsync<PersistentVolume>(null, "v", static value => value.Metadata.Finalizers.Contains(PersistentVolume.ProtectionFinalizer));
        await _cluster.PatchAsync<PersistentVolume>(null, "v", """{"status":{"phase":"Bound"}}""", "status");
        await _cluster.Api.DeleteAsync<PersistentVolume>(null, "v", null, default);

        // Another volume comes and goes meanwhile, so the controller has seen the first.
        await _cluster.Api.CreateAsync(volume with { Metadata = new() { Name = "w" } }, default);
        await _cluster.Api.DeleteAsync<PersistentVolume>(null, "w", null, default);
        await _cluster.UntilGoneAsync<PersistentVolume>(null, "w");
        Assert.NotNull(await _cluster.Api.FindAsync<PersistentVolume>(null, "v", default));
        await _cluster.PatchAsync<PersistentVolume>(null, "v", """{"status":{"phase":"Released"}}""", "status");
        await _cluster.UntilGoneAsync<PersistentVolume>(null, "v");
    }

    private static PersistentVolumeClaim Claim(string name) => new()
    {
        Metadata = new() { Namespace = "shop", Name = name },
        Spec = new() { AccessModes = ["ReadWriteOnce"], Resources = new() { Requests = [new("storage", Quantity.Parse("1Gi"))] } },
    };

    private static Pod PodWith(string claim, string node) => new()
    {
        Metadata = new() { Namespace = "shop", Name = claim },
        Spec = new()
        {
            NodeName = node,
            Containers = [new() { Name = "c", Image = "i" }],
            Volumes = [new() { Name = "v", PersistentVolumeClaim = new() { ClaimName = claim } }],
        },
    };
}
