using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class DeploymentRolloutTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_deployment_gets_a_replica_set_and_pods_and_says_how_far_it_is()
    {
        await CreateAsync(Samples.Deployment("web", 2));
        var set = await SetAsync("1", static set => set.Status.Replicas == 2);
        Assert.Equal(["1"], set.Metadata.Annotations.Where(static entry => entry.Key == "deployment.kubernetes.io/revision").Select(static entry => entry.Value));
        Assert.Equal(("2", "3"), (set.Metadata.Annotations["deployment.kubernetes.io/desired-replicas"], set.Metadata.Annotations["deployment.kubernetes.io/max-replicas"]));
        var owner = Assert.Single(set.Metadata.OwnerReferences);
        Assert.Equal(("apps/v1", "Deployment", "web", true, true), (owner.ApiVersion, owner.Kind, owner.Name, owner.Controller, owner.BlockOwnerDeletion));
        Assert.Equal("web-" + set.Metadata.Labels["pod-template-hash"], set.Metadata.Name);
        var starting = await _cluster.UntilAsync<Deployment>("default", "web", static value => value.Status.Replicas == 2);
        Assert.Equal(
            [("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability."), ("Progressing", "True", "ReplicaSetUpdated", $"ReplicaSet \"{set.Metadata.Name}\" is progressing.")],
            Conditions(starting));
        await MakeAllReadyAsync();
        var complete = await _cluster.UntilAsync<Deployment>("default", "web", static value => Reason(value) == "NewReplicaSetAvailable");
        Assert.Equal((2, 2, 2, 2, 0), (complete.Status.Replicas, complete.Status.UpdatedReplicas, complete.Status.ReadyReplicas, complete.Status.AvailableReplicas, complete.Status.UnavailableReplicas));
        Assert.Contains(("Progressing", "True", "NewReplicaSetAvailable", $"ReplicaSet \"{set.Metadata.Name}\" has successfully progressed."), Conditions(complete));
        Assert.Equal("1", complete.Metadata.Annotations["deployment.kubernetes.io/revision"]);
        await _cluster.UntilListAsync<Event>("default", events => events.Any(value =>
            value.Reason == "ScalingReplicaSet" && value.Message == $"Scaled up replica set {set.Metadata.Name} from 0 to 2" && value.Source.Component == "deployment-controller"));
    }

    [Fact]
    public async Task A_new_template_replaces_pods_step_by_step_and_the_old_set_stays_as_history()
    {
        await CreateAsync(Samples.Deployment("web", 2));
        await SetAsync("1", static set => set.Status.Replicas == 2);
        await MakeAllReadyAsync();
        await _cluster.UntilAsync<Deployment>("default", "web", static value => value.Status.AvailableReplicas == 2);
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"template":{"metadata":{"labels":{"v":"2"}}}}}""");

        // Surge of 25 % of 2 is one pod, unavailable none: one new pod, and no old one goes before it is ready.
        await SetAsync("2", static set => set.Status.Replicas == 1);
        await SetAsync("1", static set => set.Status.Replicas == 2);
        await MakeAllReadyAsync();
        await SetAsync("2", static set => set.Status.Replicas == 2);
        await MakeAllReadyAsync();
        await SetAsync("1", static set => set.Status.Replicas == 0 && set.Spec.Replicas == 0);
        var done = await _cluster.UntilAsync<Deployment>("default", "web", static value => Reason(value) == "NewReplicaSetAvailable" && value.Status.Replicas == 2);
        Assert.Equal("2", done.Metadata.Annotations["deployment.kubernetes.io/revision"]);

        // Back to the first template: its set is used again, with a new revision and its old one in its history.
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"template":{"metadata":{"labels":{"v":"1"}}}}}""");
        var again = await SetAsync("1", static set => set.Metadata.Annotations["deployment.kubernetes.io/revision"] == "3");
        Assert.Equal("1", again.Metadata.Annotations["deployment.kubernetes.io/revision-history"]);
    }

    [Fact]
    public async Task Recreate_makes_new_pods_only_when_the_old_ones_are_gone()
    {
        // On a node: a pod without one is declared failed as soon as it is deleted, and nobody waits for a failed pod.
        await _cluster.Api.CreateAsync(new Node { Metadata = new() { Name = "n1" } }, default);
        var value = Samples.Deployment("web", 2);
        var template = value.Spec.Template with { Spec = value.Spec.Template.Spec with { NodeName = "n1" } };
        await CreateAsync(value with { Spec = value.Spec with { Strategy = new() { Type = "Recreate" }, Template = template } });
        await SetAsync("1", static set => set.Status.Replicas == 2);
        var pods = await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 2);
        await _cluster.PatchAsync<Pod>("default", pods[0].Metadata.Name, """{"metadata":{"finalizers":["example.com/hold"]}}""");
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"template":{"metadata":{"labels":{"v":"2"}}}}}""");
        await SetAsync("1", static set => set.Status.Replicas == 0);
        await _cluster.UntilGoneAsync<Pod>("default", pods[1].Metadata.Name);
        Assert.DoesNotContain((await _cluster.Api.ListAsync<ReplicaSet>("default", new ListOptions(), default)).Items, static set => set.Spec.Template.Metadata.Labels["v"] == "2");
        await _cluster.PatchAsync<Pod>("default", pods[0].Metadata.Name, """{"metadata":{"$deleteFromPrimitiveList/finalizers":["example.com/hold"]}}""");
        await SetAsync("2", static set => set.Status.Replicas == 2);
    }

    [Fact]
    public async Task A_paused_deployment_scales_but_does_not_roll_out()
    {
        await CreateAsync(Samples.Deployment("web", 1));
        await SetAsync("1", static set => set.Status.Replicas == 1);
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"paused":true}}""");
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"replicas":2,"template":{"metadata":{"labels":{"v":"2"}}}}}""");
        await SetAsync("1", static set => set.Status.Replicas == 2);
        var paused = await _cluster.UntilAsync<Deployment>("default", "web", static value => value.Status is { Replicas: 2, UpdatedReplicas: 0 });
        Assert.Contains(("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused"), Conditions(paused));
        Assert.Single((await _cluster.Api.ListAsync<ReplicaSet>("default", new ListOptions(), default)).Items);
        await _cluster.PatchAsync<Deployment>("default", "web", """{"spec":{"paused":false}}""");
        await SetAsync("2", static set => set.Status.Replicas == 1);
    }

    [Fact]
    public async Task A_rollout_that_gets_nowhere_is_reported_after_its_deadline()
    {
        var value = Samples.Deployment("web", 1);
        await CreateAsync(value with { Spec = value.Spec with { ProgressDeadlineSeconds = 1 } });
        var late = await _cluster.UntilAsync<Deployment>("default", "web", static value => Reason(value) == "ProgressDeadlineExceeded");
        var set = await SetAsync("1", static _ => true);
        Assert.Contains(("Progressing", "False", "ProgressDeadlineExceeded", $"ReplicaSet \"{set.Metadata.Name}\" has timed out progressing."), Conditions(late));
    }

    [Fact]
    public async Task Sets_beyond_the_history_limit_are_deleted()
    {
        var value = Samples.Deployment("web", 0);
        await CreateAsync(value with { Spec = value.Spec with { RevisionHistoryLimit = 1 } });
        foreach (var version in new[] { "2", "3" })
        {
            await SetAsync(version == "2" ? "1" : "2", static set => set.Status.ObservedGeneration > 0);
            await _cluster.PatchAsync<Deployment>("default", "web", $$$$$$"""{"spec":{"template":{"metadata":{"labels":{"v":"{{{{{{version}}}}}}"}}}}}""");
        }

        await SetAsync("3", static set => set.Status.ObservedGeneration > 0);
        await _cluster.UntilListAsync<ReplicaSet>("default", static sets => sets.Count == 2 && sets.All(static set => set.Spec.Template.Metadata.Labels["v"] != "1"));
    }

    [Fact]
    public async Task A_template_whose_name_is_taken_gets_another_name()
    {
        await CreateAsync(Samples.Deployment("web", 1));
        var own = await SetAsync("1", static _ => true);
        await _cluster.Api.DeleteAsync<Deployment>("default", "web", new() { PropagationPolicy = "Background" }, default);
        await _cluster.UntilGoneAsync<ReplicaSet>("default", own.Metadata.Name);
        var squatter = Samples.ReplicaSet("other", 0);
        await _cluster.Api.CreateAsync(squatter with { Metadata = squatter.Metadata with { Name = own.Metadata.Name } }, default);
        await CreateAsync(Samples.Deployment("web", 1));
        var set = await SetAsync("1", static set => set.Status.Replicas == 1);
        Assert.NotEqual(own.Metadata.Name, set.Metadata.Name);
        var deployment = await _cluster.UntilAsync<Deployment>("default", "web", static value => value.Status.CollisionCount > 0);
        Assert.Equal(1, deployment.Status.CollisionCount);
    }

    private Task CreateAsync(Deployment value) => _cluster.Api.CreateAsync(value, CancellationToken.None);

    private async Task<ReplicaSet> SetAsync(string version, Func<ReplicaSet, bool> condition)
    {
        var sets = await _cluster.UntilListAsync<ReplicaSet>("default", sets => sets.Any(set => set.Spec.Template.Metadata.Labels.GetValueOrDefault("v") == version && condition(set)));
        return sets.First(set => set.Spec.Template.Metadata.Labels.GetValueOrDefault("v") == version);
    }

    private async Task MakeAllReadyAsync()
    {
        foreach (var pod in (await _cluster.Api.ListAsync<Pod>("default", new ListOptions(), CancellationToken.None)).Items)
        {
            await _cluster.MakeReadyAsync(pod);
        }
    }

    private static string? Reason(Deployment value) => value.Status.Conditions.FirstOrDefault(static condition => condition.Type == "Progressing")?.Reason;

    private static IReadOnlyList<(string, string, string, string)> Conditions(Deployment value) =>
        [.. value.Status.Conditions.Select(static condition => (condition.Type, condition.Status, condition.Reason, condition.Message))];
}
