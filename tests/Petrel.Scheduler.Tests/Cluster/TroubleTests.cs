using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Tests.Cycle;
using Xunit;

namespace Petrel.Scheduler.Tests.Cluster;

/// <summary>Bindings that fail, others that interfere, and pods that go away in the middle.</summary>
public sealed class TroubleTests
{
    [Fact]
    public async Task A_server_that_cannot_be_reached_is_asked_again()
    {
        UnreliableApi? unreliable = null;
        await using var cluster = await TestCluster.StartAsync(api => unreliable = new UnreliableApi(api));
        await cluster.AddNodeAsync("n1", cpu: "1");
        var failures = 0;
        unreliable!.OnBinding = _ => Interlocked.Increment(ref failures) == 1 ? throw new HttpRequestException("connection refused") : Task.FromResult<ApiResponse?>(null);
        await cluster.AddPodAsync("web", cpu: "1");
        var told = await cluster.UntilPodAsync("web", static pod => TestCluster.Scheduled(pod) is { Reason: "SchedulerError" });
        Assert.Equal("binding rejected: running Bind plugin \"DefaultBinder\": connection refused", TestCluster.Scheduled(told)!.Message);
        Assert.Equal("n1", await cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task A_binding_whose_answer_was_lost_is_not_made_twice()
    {
        UnreliableApi? unreliable = null;
        await using var cluster = await TestCluster.StartAsync(api => unreliable = new UnreliableApi(api));
        await cluster.AddNodeAsync("n1", cpu: "2");
        unreliable!.OnBinding = async request =>
        {
            await unreliable.Real.SendAsync(request, CancellationToken.None);
            throw new HttpRequestException("connection reset");
        };
        await cluster.AddPodAsync("web", cpu: "1");
        Assert.Equal("n1", await cluster.NodeOfAsync("web"));

        // Its place is counted once: there is room for exactly one more.
        unreliable.OnBinding = static _ => Task.FromResult<ApiResponse?>(null);
        await cluster.AddPodAsync("second", cpu: "1");
        Assert.Equal("n1", await cluster.NodeOfAsync("second"));
        await cluster.AddPodAsync("third", cpu: "1");
        await cluster.RefusalOfAsync("third", "Insufficient cpu");
    }

    [Fact]
    public async Task Somebody_else_may_be_faster()
    {
        UnreliableApi? unreliable = null;
        await using var cluster = await TestCluster.StartAsync(api => unreliable = new UnreliableApi(api));
        await cluster.AddNodeAsync("n1", cpu: "1");
        unreliable!.OnBinding = async _ =>
        {
            var binding = new Binding { Metadata = new() { Name = "web", Namespace = "default" }, Target = new() { Kind = "Node", Name = "elsewhere" } };
            await cluster.Api.CreateSubresourceAsync<Pod>("default", "web", "binding", binding, CancellationToken.None);
            return null;
        };
        await cluster.AddPodAsync("web", cpu: "1");
        Assert.Equal("elsewhere", await cluster.NodeOfAsync("web"));
        unreliable.OnBinding = static _ => Task.FromResult<ApiResponse?>(null);
        await cluster.AddPodAsync("next", cpu: "1");
        Assert.Equal("n1", await cluster.NodeOfAsync("next"));
    }

    [Fact]
    public async Task A_pod_deleted_while_it_is_bound_leaves_its_place()
    {
        UnreliableApi? unreliable = null;
        await using var cluster = await TestCluster.StartAsync(api => unreliable = new UnreliableApi(api));
        await cluster.AddNodeAsync("n1", cpu: "1");
        unreliable!.OnBinding = async _ =>
        {
            await cluster.DeletePodAsync("web");
            return null;
        };
        await cluster.AddPodAsync("web", cpu: "1");
        await cluster.UntilGoneAsync("web");
        unreliable.OnBinding = static _ => Task.FromResult<ApiResponse?>(null);
        await cluster.AddPodAsync("next", cpu: "1");
        Assert.Equal("n1", await cluster.NodeOfAsync("next"));
    }

    [Fact]
    public async Task A_pod_deleted_while_its_permit_waits_leaves_its_place()
    {
        var permit = new TestBinding("Waiting") { OnPermit = static () => (Verdict.Wait, TimeSpan.FromMinutes(10)), OnBind = static () => Task.FromResult(Verdict.Skip) };
        await using var cluster = await TestCluster.StartAsync(withScheduler: false);
        WaitingPods? waiting = null;
        cluster.StartScheduler(services =>
        {
            waiting = services.Waiting;
            return [.. DefaultProfile.Plugins(services).Where(static entry => entry.Plugin is not IBindPlugin), new(permit), .. DefaultProfile.Plugins(services).Where(static entry => entry.Plugin is IBindPlugin)];
        });
        await cluster.Api.CreateAsync(
            new Node { Metadata = new() { Name = "n1" }, Status = new() { Allocatable = ApiMap.FromPairs(("cpu", Quantity.Parse("1")), ("pods", Quantity.Parse("10"))) } }, default);
        await cluster.PatchAsync<Node>(null, "n1", """{"spec":{"taints":[]}}""");
        var web = await cluster.AddPodAsync("web", cpu: "1");
        await cluster.UntilAsync(() => Task.FromResult(waiting!.Find(web.Metadata.Uid) is not null), static () => "the binding does not wait");
        await cluster.AddPodAsync("next", cpu: "1");
        await cluster.RefusalOfAsync("next", "Insufficient cpu");
        await cluster.DeletePodAsync("web");
        await cluster.UntilAsync(
            async () => waiting!.Find((await cluster.Api.GetAsync<Pod>("default", "next", default)).Metadata.Uid) is not null, static () => "the place was not given on");
    }

    [Fact]
    public async Task A_pod_that_a_plugin_cannot_cope_with_does_not_keep_others_waiting()
    {
        await using var cluster = await TestCluster.StartAsync(plugins: static services => [.. DefaultProfile.Plugins(services), new(new Breaking())]);
        await cluster.AddNodeAsync("n1");
        await cluster.AddPodAsync("poison");
        await cluster.AddPodAsync("web");
        Assert.Equal("n1", await cluster.NodeOfAsync("web"));
        await cluster.UntilPodAsync("poison", static pod => TestCluster.Scheduled(pod) is { Status: "False", Reason: "SchedulerError", Message: "cannot cope" });
    }

    [Fact]
    public async Task A_call_that_runs_out_of_time_is_made_again()
    {
        UnreliableApi? unreliable = null;
        await using var cluster = await TestCluster.StartAsync(api => unreliable = new UnreliableApi(api));
        await cluster.AddNodeAsync("n1", cpu: "1");
        var failures = 0;
        unreliable!.OnBinding = _ => Interlocked.Increment(ref failures) == 1 ? throw new TaskCanceledException("timed out") : Task.FromResult<ApiResponse?>(null);
        await cluster.AddPodAsync("web", cpu: "1");
        Assert.Equal("n1", await cluster.NodeOfAsync("web"));
        Assert.Equal(2, failures);
    }

    [Fact]
    public async Task Many_pods_at_once_never_overcommit_a_node()
    {
        await using var cluster = await TestCluster.StartAsync();
        foreach (var name in new[] { "n1", "n2", "n3", "n4" })
        {
            await cluster.AddNodeAsync(name, cpu: "5");
        }

        var random = new Random(11);
        await Task.WhenAll(Enumerable.Range(0, 60).Select(i => cluster.AddPodAsync("p" + i, cpu: random.Next(1, 10) * 100 + "m")));
        await cluster.UntilAsync(
            async () =>
            {
                var pods = (await cluster.Api.ListAsync<Pod>("default", new ListOptions(), default)).Items.Where(static pod => pod.Metadata.Name[0] == 'p' && pod.Metadata.Name[1] != 'r').ToList();
                var used = pods.Where(static pod => pod.Spec.NodeName.Length > 0).GroupBy(static pod => pod.Spec.NodeName).ToDictionary(static node => node.Key, static node => node.Sum(CpuOf));
                Assert.All(used.Values, static milli => Assert.True(milli <= 5000, $"a node of 5000m holds {milli}m"));

                // Done when all have a node or fit nowhere.
                return pods.All(pod => pod.Spec.NodeName.Length > 0 || (TestCluster.Scheduled(pod) is { Status: "False" } && used.Values.All(milli => milli + CpuOf(pod) > 5000)));
            },
            static () => "pods are left that would fit");
    }

    private sealed class Breaking : IFilterPlugin
    {
        public string Name => "Breaking";

        public Verdict Filter(CycleState state, PodInfo pod, NodeInfo node) => pod.Key.Name == "poison" ? throw new InvalidOperationException("cannot cope") : Verdict.Success;
    }

    private static long CpuOf(Pod pod) => pod.Spec.Containers[0].Resources.Requests["cpu"].MilliValue;
}
