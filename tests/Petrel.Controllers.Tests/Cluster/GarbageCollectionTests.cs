using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class GarbageCollectionTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task Deleting_in_the_background_takes_dependents_with_it()
    {
        var owner = await CreateAsync(Samples.ConfigMap("owner"));
        await CreateAsync(Samples.ConfigMap("dependent", Samples.OwnedBy(owner)));
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "owner", null, default);
        await _cluster.UntilGoneAsync<ConfigMap>("default", "dependent");
    }

    [Fact]
    public async Task Deleting_in_the_foreground_waits_for_dependents_that_block()
    {
        var owner = await CreateAsync(Samples.ConfigMap("owner"));
        var dependent = Samples.ConfigMap("dependent", Samples.OwnedBy(owner, block: true));
        await CreateAsync(dependent with { Metadata = dependent.Metadata with { Finalizers = ["example.com/hold"] } });
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "owner", new() { PropagationPolicy = "Foreground" }, default);
        await _cluster.UntilAsync<ConfigMap>("default", "dependent", static map => map.Metadata.DeletionTimestamp is not null);
        Assert.Equal(["foregroundDeletion"], (await _cluster.Api.GetAsync<ConfigMap>("default", "owner", default)).Metadata.Finalizers);
        await ReleaseAsync("dependent");
        await _cluster.UntilGoneAsync<ConfigMap>("default", "owner");
    }

    [Fact]
    public async Task Deleting_in_the_foreground_does_not_wait_for_dependents_that_do_not_block()
    {
        var owner = await CreateAsync(Samples.ConfigMap("owner"));
        var dependent = Samples.ConfigMap("dependent", Samples.OwnedBy(owner));
        await CreateAsync(dependent with { Metadata = dependent.Metadata with { Finalizers = ["example.com/hold"] } });
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "owner", new() { PropagationPolicy = "Foreground" }, default);
        await _cluster.UntilGoneAsync<ConfigMap>("default", "owner");
        await _cluster.UntilAsync<ConfigMap>("default", "dependent", static map => map.Metadata.DeletionTimestamp is not null);
        await ReleaseAsync("dependent");
    }

    [Fact]
    public async Task Orphans_forget_their_owner_and_stay()
    {
        var owner = await CreateAsync(Samples.ConfigMap("owner"));
        await CreateAsync(Samples.ConfigMap("dependent", Samples.OwnedBy(owner)));

        // Dependents that the graph does not know yet would not be orphaned but found without owner later.
        var probe = await CreateAsync(Samples.ConfigMap("probe"));
        await CreateAsync(Samples.ConfigMap("probed", Samples.OwnedBy(probe)));
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "probe", null, default);
        await _cluster.UntilGoneAsync<ConfigMap>("default", "probed");
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "owner", new() { PropagationPolicy = "Orphan" }, default);
        await _cluster.UntilGoneAsync<ConfigMap>("default", "owner");
        Assert.True((await _cluster.Api.GetAsync<ConfigMap>("default", "dependent", default)).Metadata.OwnerReferences.IsEmpty);
    }

    [Fact]
    public async Task An_object_whose_owner_never_existed_is_deleted()
    {
        var owner = Samples.ConfigMap("nobody");
        await CreateAsync(Samples.ConfigMap("dependent", Samples.OwnedBy(owner with { Metadata = owner.Metadata with { Uid = "no-such-uid" } })));
        await _cluster.UntilGoneAsync<ConfigMap>("default", "dependent");
    }

    [Fact]
    public async Task An_object_with_one_owner_left_stays_and_forgets_the_other()
    {
        var (one, two) = (await CreateAsync(Samples.ConfigMap("one")), await CreateAsync(Samples.ConfigMap("two")));
        await CreateAsync(Samples.ConfigMap("dependent", Samples.OwnedBy(one), Samples.OwnedBy(two)));
        await _cluster.Api.DeleteAsync<ConfigMap>("default", "one", null, default);
        var left = await _cluster.UntilAsync<ConfigMap>("default", "dependent", static map => map.Metadata.OwnerReferences.Count == 1);
        Assert.Equal("two", left.Metadata.OwnerReferences[0].Name);
    }

    [Fact]
    public async Task A_deployment_deleted_in_the_foreground_goes_last()
    {
        await _cluster.Api.CreateAsync(Samples.Deployment("web", 2), default);
        await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 2);
        await _cluster.Api.DeleteAsync<Deployment>("default", "web", new() { PropagationPolicy = "Foreground" }, default);
        await _cluster.UntilGoneAsync<Deployment>("default", "web");
        Assert.Empty((await _cluster.Api.ListAsync<ReplicaSet>("default", new ListOptions(), default)).Items);

        // A controller that has not yet seen that its replica set is ending may replace a pod at the last moment; that one goes as an orphan.
        await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 0);
    }

    private Task<ConfigMap> CreateAsync(ConfigMap value) => _cluster.Api.CreateAsync(value, CancellationToken.None);

    private Task ReleaseAsync(string name) => _cluster.PatchAsync<ConfigMap>("default", name, """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/hold"]}}""");
}
