using Petrel.Api;
using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class ReplicaSetTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_deleted_pod_is_replaced_and_never_are_there_too_many()
    {
        await _cluster.Api.CreateAsync(Samples.ReplicaSet("r", 30), default);
        var pods = await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count >= 30);
        Assert.Equal(30, pods.Count);
        Assert.All(pods, static pod => Assert.StartsWith("r-", pod.Metadata.Name, StringComparison.Ordinal));
        foreach (var pod in pods.Take(10))
        {
            await _cluster.Api.DeleteAsync<Pod>("default", pod.Metadata.Name, null, default);
        }

        await _cluster.UntilAsync<ReplicaSet>("default", "r", set => set.Status is { Replicas: 30, FullyLabeledReplicas: 30 });
        Assert.Equal(30, (await _cluster.UntilListAsync<Pod>("default", pods => pods.Count >= 30)).Count);
    }

    [Fact]
    public async Task Orphans_that_match_are_adopted_and_pods_that_no_longer_match_are_released()
    {
        var orphan = await _cluster.Api.CreateAsync(Samples.Pod("lonely", "r"), default);
        await _cluster.Api.CreateAsync(Samples.ReplicaSet("r", 2), default);
        var adopted = await _cluster.UntilAsync<Pod>("default", "lonely", static pod => !pod.Metadata.OwnerReferences.IsEmpty);
        Assert.Equal(("r", orphan.Metadata.Uid), (adopted.Metadata.OwnerReferences[0].Name, adopted.Metadata.Uid));
        Assert.Equal(2, (await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count >= 2)).Count);
        await _cluster.PatchAsync<Pod>("default", "lonely", """{"metadata":{"labels":{"app":"other"}}}""");
        await _cluster.UntilAsync<Pod>("default", "lonely", static pod => pod.Metadata.OwnerReferences.IsEmpty);
        await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 3);
    }

    [Fact]
    public async Task Pods_of_another_controller_are_not_taken()
    {
        await _cluster.Api.CreateAsync(Samples.ReplicaSet("r", 1), default);
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.Replicas == 1);
        var thief = Samples.ReplicaSet("thief", 1);
        thief = thief with { Spec = thief.Spec with { Selector = new() { MatchLabels = ApiMap.FromPairs(("app", "r")) }, Template = Samples.Template(("app", "r")) } };
        await _cluster.Api.CreateAsync(thief, default);
        var pods = await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 2);
        Assert.Equal(["r", "thief"], pods.Select(static pod => pod.Metadata.OwnerReferences[0].Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Scaling_down_takes_the_pod_of_least_deletion_cost()
    {
        await _cluster.Api.CreateAsync(Samples.ReplicaSet("r", 3), default);
        var pods = await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 3);
        foreach (var pod in pods)
        {
            var cost = pod == pods[1] ? -5 : 5;
            await _cluster.PatchAsync<Pod>("default", pod.Metadata.Name, $$$$"""{"metadata":{"annotations":{"controller.kubernetes.io/pod-deletion-cost":"{{{{cost}}}}"}}}""");
        }

        // A status counted from the cache tells that the controller has seen the annotations, which came before.
        await _cluster.MakeReadyAsync(pods[0]);
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.ReadyReplicas == 1);
        await _cluster.PatchAsync<ReplicaSet>("default", "r", """{"spec":{"replicas":2}}""");
        await _cluster.UntilGoneAsync<Pod>("default", pods[1].Metadata.Name);
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.Replicas == 2);
        await _cluster.UntilListAsync<Event>("default", events => events.Any(value => value.Reason == "SuccessfulDelete" && value.Message == $"Deleted pod: {pods[1].Metadata.Name}"));
    }

    [Fact]
    public async Task A_ready_pod_becomes_available_after_min_ready_seconds_without_another_event()
    {
        var set = Samples.ReplicaSet("r", 1);
        await _cluster.Api.CreateAsync(set with { Spec = set.Spec with { MinReadySeconds = 2 } }, default);
        var pod = Assert.Single(await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 1));
        var now = ApiTime.Format(TimeProvider.System.GetUtcNow());
        await _cluster.PatchAsync<Pod>("default", pod.Metadata.Name, $$$"""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"{{{now}}}"}]}}""", "status");
        var ready = await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.ReadyReplicas == 1);
        Assert.Equal(0, ready.Status.AvailableReplicas);
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.AvailableReplicas == 1);
    }

    [Theory]
    [InlineData("2099-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    public async Task A_pod_that_claims_to_become_ready_in_the_future_is_not_available_and_stops_nobody(string time)
    {
        var set = Samples.ReplicaSet("r", 1);
        await _cluster.Api.CreateAsync(set with { Spec = set.Spec with { MinReadySeconds = 2 } }, default);
        var pod = Assert.Single(await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 1));
        await _cluster.PatchAsync<Pod>("default", pod.Metadata.Name, $$$"""{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True","lastTransitionTime":"{{{time}}}"}]}}""", "status");
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status is { ReadyReplicas: 1, AvailableReplicas: 0 });
        await _cluster.PatchAsync<ReplicaSet>("default", "r", """{"spec":{"replicas":2}}""");
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status is { Replicas: 2, ReadyReplicas: 1, AvailableReplicas: 0 });
    }

    [Fact]
    public async Task Pods_that_cannot_be_created_are_a_condition_that_goes_when_they_can()
    {
        var set = Samples.ReplicaSet("r", 2);
        var template = set.Spec.Template with { Spec = set.Spec.Template.Spec with { ServiceAccountName = "missing" } };
        await _cluster.Api.CreateAsync(set with { Spec = set.Spec with { Template = template } }, default);
        var created = await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status.ObservedGeneration > 0);
        if (created.Status.Conditions.IsEmpty)
        {
            // This server admits pods of any service account: nothing fails.
            Assert.Equal(2, (await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 2)).Count);
            return;
        }

        var condition = Assert.Single(created.Status.Conditions);
        Assert.Equal(("ReplicaFailure", "True", "FailedCreate"), (condition.Type, condition.Status, condition.Reason));
        await _cluster.Api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = "default", Name = "missing" } }, default);
        await _cluster.UntilAsync<ReplicaSet>("default", "r", static set => set.Status is { Replicas: 2, Conditions.IsEmpty: true });
    }
}
