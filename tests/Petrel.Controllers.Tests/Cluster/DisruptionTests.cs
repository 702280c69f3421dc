using Petrel.Api;
using Petrel.Api.Batch;
using Petrel.Api.Core;
using Petrel.Api.Policy;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Controllers.Tests.Cluster;

public sealed class DisruptionTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_share_is_reckoned_from_what_the_owner_wants()
    {
        await _cluster.Api.CreateAsync(Samples.Deployment("d", 4), default);
        await _cluster.Api.CreateAsync(Budget("half", "d", minAvailable: "50%"), default);
        await _cluster.Api.CreateAsync(Budget("one", "d", maxUnavailable: 1), default);
        foreach (var pod in (await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 4)).Take(3))
        {
            await _cluster.MakeReadyAsync(pod);
        }

        var half = await UntilAsync("half", static status => status is { CurrentHealthy: 3, ExpectedPods: 4 });
        Assert.Equal((2, 1, "SufficientPods", "True", 1), (half.DesiredHealthy, half.DisruptionsAllowed, half.Conditions[0].Reason, half.Conditions[0].Status, half.ObservedGeneration));
        var one = await UntilAsync("one", static status => status is { CurrentHealthy: 3, ExpectedPods: 4 });
        Assert.Equal((3, 0, "InsufficientPods", "False"), (one.DesiredHealthy, one.DisruptionsAllowed, one.Conditions[0].Reason, one.Conditions[0].Status));
    }

    [Fact]
    public async Task A_number_is_reckoned_from_the_pods_that_are_there()
    {
        await _cluster.Api.CreateAsync(Budget("b", "lonely", minAvailable: 1), default);
        await UntilAsync("b", static status => status is { ExpectedPods: 0, DesiredHealthy: 1, Conditions: [{ Reason: "InsufficientPods" }] });
        await _cluster.UntilListAsync<Event>("default", static events => events.Any(static found => found is { Reason: "NoPods", Message: "No matching pods found" }));
        await _cluster.MakeReadyAsync(await _cluster.Api.CreateAsync(Samples.Pod("p", "lonely"), default));
        await UntilAsync("b", static status => status is { ExpectedPods: 1, CurrentHealthy: 1, DisruptionsAllowed: 0 });
        await _cluster.MakeReadyAsync(await _cluster.Api.CreateAsync(Samples.Pod("q", "lonely"), default));
        await UntilAsync("b", static status => status is { ExpectedPods: 2, CurrentHealthy: 2, DisruptionsAllowed: 1 });
    }

    [Fact]
    public async Task Pods_whose_owner_tells_no_number_are_not_given_away()
    {
        var job = await _cluster.Api.CreateAsync(new Job { Metadata = new() { Name = "j", Namespace = "default" }, Spec = new() { Suspend = true, Template = Samples.Template() with { Spec = Samples.Template().Spec with { RestartPolicy = "Never" } } } }, default);
        var pod = Samples.Pod("p", "a");
        await _cluster.Api.CreateAsync(pod with { Metadata = pod.Metadata with { OwnerReferences = [Samples.OwnedBy(job) with { Controller = true }] } }, default);
        await _cluster.Api.CreateAsync(Budget("b", "a", maxUnavailable: 1), default);
        var status = await UntilAsync("b", static status => status.Conditions is [{ Reason: "SyncFailed" }]);
        Assert.Equal((0, "jobs.batch does not implement the scale subresource"), (status.DisruptionsAllowed, status.Conditions[0].Message));
        await _cluster.UntilListAsync<Event>("default", static events => events.Any(static found =>
            found is { Reason: "CalculateExpectedPodCountFailed", Message: "Failed to calculate the number of expected pods: jobs.batch does not implement the scale subresource" }));
    }

    [Fact]
    public async Task An_evicted_pod_does_not_count_from_the_moment_of_its_eviction()
    {
        await _cluster.Api.CreateAsync(Samples.ReplicaSet("r", 3), default);
        await _cluster.Api.CreateAsync(Budget("b", "r", maxUnavailable: 1), default);
        var pods = await _cluster.UntilListAsync<Pod>("default", static pods => pods.Count == 3);
        foreach (var pod in pods)
        {
            await _cluster.MakeReadyAsync(pod);
        }

        await UntilAsync("b", static status => status is { CurrentHealthy: 3, DisruptionsAllowed: 1 });
        await EvictAsync(pods[0]);
        var refusal = await Assert.ThrowsAsync<ApiException>(() => EvictAsync(pods[1]));
        Assert.Equal(429, refusal.Code);

        // Its replacement makes room again, and the pod that went is forgotten.
        var replaced = await _cluster.UntilListAsync<Pod>("default", found => found.Count == 3 && found.All(pod => pod.Metadata.Name != pods[0].Metadata.Name));
        await _cluster.MakeReadyAsync(replaced.Single(pod => pods.All(old => old.Metadata.Name != pod.Metadata.Name)));
        await UntilAsync("b", static status => status is { CurrentHealthy: 3, DisruptionsAllowed: 1, DisruptedPods.IsEmpty: true });
    }

    [Fact]
    public async Task Evictions_that_did_not_come_about_are_taken_back()
    {
        var pod = await _cluster.Api.CreateAsync(Samples.Pod("p", "a"), default);
        await _cluster.PatchAsync<Pod>(
            "default",
            "p",
            """{"status":{"phase":"Running","conditions":[{"type":"Ready","status":"True"},{"type":"DisruptionTarget","status":"True","reason":"EvictionByEvictionAPI","message":"m","lastTransitionTime":"2024-01-01T00:00:00Z"}]}}""",
            "status");
        pod = await _cluster.UntilAsync<Pod>("default", "p", static found => found.Status.Conditions.Any(static condition => condition is { Type: "DisruptionTarget", Status: "False", Reason: "" }));

        await _cluster.Api.CreateAsync(Budget("b", "a", minAvailable: 1), default);
        await UntilAsync("b", static status => status is { CurrentHealthy: 1 });
        await _cluster.PatchAsync<PodDisruptionBudget>("default", "b", """{"status":{"disruptedPods":{"p":"2024-01-01T00:00:00Z"}}}""", "status");
        await UntilAsync("b", static status => status.DisruptedPods.IsEmpty && status.CurrentHealthy == 1);
        await _cluster.UntilListAsync<Event>("default", events => events.Any(found =>
            found is { Reason: "NotDeleted", Message: "Pod was expected by PDB default/b to be deleted but it wasn't" } && found.InvolvedObject.Name == pod.Metadata.Name));
    }

    private Task EvictAsync(Pod pod) => _cluster.Api.CreateSubresourceAsync<Pod>(
        "default", pod.Metadata.Name, "eviction", new Eviction { Metadata = new() { Name = pod.Metadata.Name, Namespace = "default" } }, default);

    private async Task<PodDisruptionBudgetStatus> UntilAsync(string name, Func<PodDisruptionBudgetStatus, bool> condition) =>
        (await _cluster.UntilAsync<PodDisruptionBudget>("default", name, budget => condition(budget.Status))).Status;

    private static PodDisruptionBudget Budget(string name, string app, IntOrString? minAvailable = null, IntOrString? maxUnavailable = null) => new()
    {
        Metadata = new() { Name = name, Namespace = "default" },
        Spec = new() { MinAvailable = minAvailable, MaxUnavailable = maxUnavailable, Selector = new() { MatchLabels = ApiMap.FromPairs(("app", app)) } },
    };
}
