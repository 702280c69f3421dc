using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class NamespaceTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_namespace_gets_its_service_account_and_root_certificates_and_both_come_back()
    {
        await _cluster.Api.CreateAsync(new Namespace { Metadata = new() { Name = "shop" } }, default);
        var account = await _cluster.UntilAsync<ServiceAccount>("shop", "default", static _ => true);
        var map = await _cluster.UntilAsync<ConfigMap>("shop", "kube-root-ca.crt", static _ => true);
        Assert.Equal("PEM", map.Data["ca.crt"]);
        Assert.StartsWith("Contains a CA bundle that can be used", map.Metadata.Annotations["kubernetes.io/description"], StringComparison.Ordinal);
        await _cluster.Api.DeleteAsync<ServiceAccount>("shop", "default", null, default);
        await _cluster.UntilAsync<ServiceAccount>("shop", "default", value => value.Metadata.Uid != account.Metadata.Uid);
        await _cluster.PatchAsync<ConfigMap>("shop", "kube-root-ca.crt", """{"data":{"ca.crt":"x","extra":"y"}}""");
        await _cluster.UntilAsync<ConfigMap>("shop", "kube-root-ca.crt", static value => value.Data == ApiMap.FromPairs(("ca.crt", "PEM")));
        await _cluster.Api.DeleteAsync<ConfigMap>("shop", "kube-root-ca.crt", null, default);
        await _cluster.UntilAsync<ConfigMap>("shop", "kube-root-ca.crt", value => value.Metadata.Uid != map.Metadata.Uid);
    }

    [Fact]
    public async Task A_deleted_namespace_is_emptied_and_says_what_holds_it()
    {
        await _cluster.Api.CreateAsync(new Namespace { Metadata = new() { Name = "shop" } }, default);
        var held = new ConfigMap { Metadata = new() { Name = "held", Namespace = "shop", Finalizers = ["example.com/hold"] } };
        await _cluster.Api.CreateAsync(held, default);
        await _cluster.Api.CreateAsync(new Secret { Metadata = new() { Name = "free", Namespace = "shop" } }, default);
        await _cluster.Api.DeleteAsync<Namespace>(null, "shop", null, default);
        var waiting = await _cluster.UntilAsync<Namespace>(null, "shop", static value => value.Status.Conditions.Count == 5);
        Assert.Equal(
            [
                ("NamespaceDeletionDiscoveryFailure", "False", "ResourcesDiscovered", "All resources successfully discovered"),
                ("NamespaceDeletionGroupVersionParsingFailure", "False", "ParsedGroupVersions", "All legacy kube types successfully parsed"),
                ("NamespaceDeletionContentFailure", "False", "ContentDeleted", "All content successfully deleted, may be waiting on finalization"),
                ("NamespaceContentRemaining", "True", "SomeResourcesRemain", "Some resources are remaining: configmaps. has 1 resource instances"),
                ("NamespaceFinalizersRemaining", "True", "SomeFinalizersRemain", "Some content in the namespace has finalizers remaining: example.com/hold in 1 resource instances"),
            ],
            waiting.Status.Conditions.Select(static condition => (condition.Type, condition.Status, condition.Reason, condition.Message)));
        Assert.Null(await _cluster.Api.FindAsync<Secret>("shop", "free", default));
        await _cluster.PatchAsync<ConfigMap>("shop", "held", """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/hold"]}}""");
        await _cluster.UntilGoneAsync<Namespace>(null, "shop");
    }
}
