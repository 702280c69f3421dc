using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Xunit;

namespace Petrel.Scheduler.Tests.Cluster;

/// <summary>The scheduler against a real API server: what people see, and what wakes pods that fit nowhere.</summary>
public sealed class SchedulingTests : IAsyncLifetime
{
    private TestCluster _cluster = null!;

    public async Task InitializeAsync() => _cluster = await TestCluster.StartAsync();

    public Task DisposeAsync() => _cluster.DisposeAsync().AsTask();

    [Fact]
    public async Task A_pod_is_bound_and_an_event_says_so()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddPodAsync("web");
        var pod = await _cluster.UntilPodAsync("web", static pod => pod.Spec.NodeName == "n1");
        Assert.Equal("True", TestCluster.Scheduled(pod)?.Status);
        var told = await _cluster.EventAsync("web", "Scheduled");
        Assert.Equal("Successfully assigned default/web to n1", told.Message);
        Assert.Equal(("Normal", "default-scheduler", "Binding"), (told.Type, told.ReportingComponent, told.Action));
        Assert.NotNull(told.EventTime);
        Assert.Null(told.FirstTimestamp);
    }

    [Fact]
    public async Task Without_nodes_a_pod_waits_for_one()
    {
        await _cluster.AddPodAsync("web");
        Assert.Equal("no nodes available to schedule pods", await _cluster.RefusalOfAsync("web"));
        var told = await _cluster.EventAsync("web", "FailedScheduling");
        Assert.Equal(("Warning", "no nodes available to schedule pods"), (told.Type, told.Message));
        await _cluster.AddNodeAsync("n1");
        Assert.Equal("n1", await _cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task Every_reason_is_counted()
    {
        await _cluster.AddNodeAsync("small1", cpu: "1");
        await _cluster.AddNodeAsync("small2", cpu: "1");
        await _cluster.AddNodeAsync("tainted", taint: "dedicated");
        await _cluster.AddPodAsync("big", cpu: "2");
        Assert.Equal(
            "0/3 nodes are available: 1 node(s) had untolerated taint {dedicated: }, 2 Insufficient cpu. "
            + "preemption: 0/3 nodes are available: 1 Preemption is not helpful for scheduling, 2 No preemption victims found for incoming pod.",
            await _cluster.RefusalOfAsync("big", "untolerated"));
    }

    [Fact]
    public async Task Names_of_nodes_narrow_the_choice()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddNodeAsync("n2");
        NodeSelectorRequirement Name(string name) => new() { Key = "metadata.name", Operator = "In", Values = [name] };
        Pod On(Pod pod, string name) => pod with
        {
            Spec = pod.Spec with { Affinity = new() { NodeAffinity = new() { RequiredDuringSchedulingIgnoredDuringExecution = new() { NodeSelectorTerms = [new() { MatchFields = [Name(name)] }] } } } },
        };
        await _cluster.AddPodAsync("daemon", with: pod => On(pod, "n2"));
        Assert.Equal("n2", await _cluster.NodeOfAsync("daemon"));
        await _cluster.AddPodAsync("lost", with: pod => On(pod, "n3"));
        Assert.Equal(
            "0/2 nodes are available: 2 node(s) didn't satisfy plugin(s) [NodeAffinity]. preemption: 0/2 nodes are available: 2 Preemption is not helpful for scheduling.",
            await _cluster.RefusalOfAsync("lost"));
        await _cluster.AddNodeAsync("n3");
        Assert.Equal("n3", await _cluster.NodeOfAsync("lost"));
    }

    [Fact]
    public async Task A_deleted_pod_makes_room()
    {
        await _cluster.AddNodeAsync("n1", cpu: "1");
        await _cluster.AddPodAsync("first", cpu: "1");
        await _cluster.NodeOfAsync("first");
        await _cluster.AddPodAsync("second", cpu: "1");
        await _cluster.RefusalOfAsync("second", "Insufficient cpu");
        await _cluster.DeletePodAsync("first");
        Assert.Equal("n1", await _cluster.NodeOfAsync("second"));
    }

    [Fact]
    public async Task A_pod_that_ended_makes_room()
    {
        await _cluster.AddNodeAsync("n1", cpu: "1");
        await _cluster.AddPodAsync("job", cpu: "1");
        await _cluster.NodeOfAsync("job");
        await _cluster.AddPodAsync("next", cpu: "1");
        await _cluster.RefusalOfAsync("next", "Insufficient cpu");
        await _cluster.PatchAsync<Pod>("default", "job", """{"status":{"phase":"Succeeded"}}""", "status");
        Assert.Equal("n1", await _cluster.NodeOfAsync("next"));
    }

    [Fact]
    public async Task A_node_that_grows_takes_what_did_not_fit()
    {
        await _cluster.AddNodeAsync("n1", cpu: "1");
        await _cluster.AddPodAsync("big", cpu: "2");
        await _cluster.RefusalOfAsync("big");
        await _cluster.PatchAsync<Node>(null, "n1", """{"status":{"allocatable":{"cpu":"2"}}}""", "status");
        Assert.Equal("n1", await _cluster.NodeOfAsync("big"));
    }

    [Fact]
    public async Task A_taint_that_goes_lets_pods_in()
    {
        await _cluster.AddNodeAsync("n1", taint: "k");
        await _cluster.AddPodAsync("web");
        await _cluster.RefusalOfAsync("web", "node(s) had untolerated taint {k: }");
        await _cluster.PatchAsync<Node>(null, "n1", """{"spec":{"taints":[]}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task A_toleration_that_comes_lets_a_pod_in()
    {
        await _cluster.AddNodeAsync("n1", taint: "k");
        await _cluster.AddPodAsync("web");
        await _cluster.RefusalOfAsync("web", "untolerated");
        await _cluster.PatchAsync<Pod>("default", "web", """{"spec":{"tolerations":[{"key":"k","operator":"Exists"}]}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task An_uncordoned_node_takes_pods()
    {
        await _cluster.AddNodeAsync("n1", taint: "node.kubernetes.io/unschedulable");
        await _cluster.PatchAsync<Node>(null, "n1", """{"spec":{"unschedulable":true}}""");
        await _cluster.AddPodAsync("web");
        await _cluster.RefusalOfAsync("web");
        await _cluster.PatchAsync<Node>(null, "n1", """{"spec":{"unschedulable":null,"taints":[]}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task A_label_that_comes_makes_a_node_match()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddPodAsync("web", with: static pod => pod with { Spec = pod.Spec with { NodeSelector = ApiMap.FromPairs(("disk", "ssd")) } });
        await _cluster.RefusalOfAsync("web", "1 node(s) didn't match Pod's node affinity/selector");
        await _cluster.PatchAsync<Node>(null, "n1", """{"metadata":{"labels":{"disk":"ssd"}}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("web"));
    }

    [Fact]
    public async Task A_host_port_is_given_once_per_node()
    {
        await _cluster.AddNodeAsync("n1");
        Pod WithPort(Pod pod) => pod with { Spec = pod.Spec with { Containers = [pod.Spec.Containers[0] with { Ports = [new() { Port = 80, HostPort = 8080, Protocol = "TCP" }] }] } };
        await _cluster.AddPodAsync("first", with: WithPort);
        await _cluster.NodeOfAsync("first");
        await _cluster.AddPodAsync("second", with: WithPort);
        await _cluster.RefusalOfAsync("second", "1 node(s) didn't have free ports for the requested pod ports");
        await _cluster.AddPodAsync("unrelated");
        await _cluster.DeletePodAsync("unrelated");
        await _cluster.DeletePodAsync("first");
        Assert.Equal("n1", await _cluster.NodeOfAsync("second"));
    }

    [Fact]
    public async Task Pods_that_avoid_each_other_get_different_nodes()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddNodeAsync("n2");
        Pod Alone(Pod pod) => pod with
        {
            Metadata = pod.Metadata with { Labels = ApiMap.FromPairs(("app", "alone")) },
            Spec = pod.Spec with
            {
                Affinity = new()
                {
                    PodAntiAffinity = new()
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = ApiMap.FromPairs(("app", "alone")) } }],
                    },
                },
            },
        };
        await _cluster.AddPodAsync("p1", with: Alone);
        await _cluster.AddPodAsync("p2", with: Alone);
        Assert.NotEqual(await _cluster.NodeOfAsync("p1"), await _cluster.NodeOfAsync("p2"));
        await _cluster.AddPodAsync("p3", with: Alone);
        await _cluster.RefusalOfAsync("p3", "0/2 nodes are available: 2 node(s) didn't match pod anti-affinity rules.");
        var freed = await _cluster.NodeOfAsync("p1");
        await _cluster.DeletePodAsync("p1");
        Assert.Equal(freed, await _cluster.NodeOfAsync("p3"));
    }

    [Fact]
    public async Task Company_that_comes_lets_a_pod_in()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddPodAsync("follower", with: static pod => pod with
        {
            Spec = pod.Spec with
            {
                Affinity = new()
                {
                    PodAffinity = new()
                    {
                        RequiredDuringSchedulingIgnoredDuringExecution = [new() { TopologyKey = "kubernetes.io/hostname", LabelSelector = new() { MatchLabels = ApiMap.FromPairs(("app", "leader")) } }],
                    },
                },
            },
        });
        await _cluster.RefusalOfAsync("follower", "1 node(s) didn't match pod affinity rules");
        await _cluster.AddPodAsync("leader");
        Assert.Equal("n1", await _cluster.NodeOfAsync("follower"));
    }

    [Fact]
    public async Task A_gated_pod_waits_until_its_gates_are_gone()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddPodAsync("gated", with: static pod => pod with { Spec = pod.Spec with { SchedulingGates = [new() { Name = "example.com/a" }, new() { Name = "example.com/b" }] } });
        await _cluster.AddPodAsync("after");
        await _cluster.NodeOfAsync("after");
        var gated = await _cluster.Api.GetAsync<Pod>("default", "gated", default);
        Assert.Equal(("", "SchedulingGated"), (gated.Spec.NodeName, TestCluster.Scheduled(gated)?.Reason));
        await _cluster.PatchAsync<Pod>("default", "gated", """{"spec":{"schedulingGates":[{"$patch":"delete","name":"example.com/a"}]}}""");
        await _cluster.PatchAsync<Pod>("default", "gated", """{"spec":{"schedulingGates":[{"$patch":"delete","name":"example.com/b"}]}}""");
        Assert.Equal("n1", await _cluster.NodeOfAsync("gated"));
    }

    [Fact]
    public async Task Pods_of_other_schedulers_are_left_alone()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddPodAsync("theirs", with: static pod => pod with { Spec = pod.Spec with { SchedulerName = "other" } });
        await _cluster.AddPodAsync("ours");
        await _cluster.NodeOfAsync("ours");
        var theirs = await _cluster.Api.GetAsync<Pod>("default", "theirs", default);
        Assert.Equal(("", null), (theirs.Spec.NodeName, TestCluster.Scheduled(theirs)));
    }

    [Fact]
    public async Task Pods_of_a_service_are_spread_without_being_asked()
    {
        await _cluster.AddNodeAsync("n1");
        await _cluster.AddNodeAsync("n2");
        await _cluster.Api.CreateAsync(
            new Service { Metadata = new() { Name = "web", Namespace = "default" }, Spec = new() { Selector = ApiMap.FromPairs(("app", "web")), Ports = [new() { Port = 80 }] } }, default);
        Pod Web(Pod pod) => pod with { Metadata = pod.Metadata with { Labels = ApiMap.FromPairs(("app", "web")) } };
        var nodes = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            await _cluster.AddPodAsync("web-" + i, with: Web);
            nodes.Add(await _cluster.NodeOfAsync("web-" + i));
        }

        Assert.Equal([3, 3], nodes.CountBy(static node => node).Select(static pair => pair.Value));
    }

    [Fact]
    public async Task What_is_bound_by_others_counts()
    {
        await _cluster.AddNodeAsync("n1", cpu: "1");
        await _cluster.AddPodAsync("static", cpu: "1", with: static pod => pod with { Spec = pod.Spec with { NodeName = "n1" } });
        await _cluster.AddPodAsync("late", cpu: "1");
        await _cluster.RefusalOfAsync("late", "Insufficient cpu");
    }

    [Fact]
    public async Task A_new_scheduler_goes_on_where_the_last_one_was_stopped()
    {
        await _cluster.AddNodeAsync("n1", cpu: "2");
        await _cluster.AddPodAsync("first", cpu: "1");
        await _cluster.NodeOfAsync("first");
        await _cluster.AddPodAsync("big", cpu: "2");
        await _cluster.RefusalOfAsync("big", "Insufficient cpu");
        await _cluster.StopSchedulerAsync();
        await _cluster.AddPodAsync("second", cpu: "1");
        _cluster.StartScheduler();
        Assert.Equal("n1", await _cluster.NodeOfAsync("second"));
        await _cluster.DeletePodAsync("first");
        await _cluster.DeletePodAsync("second");
        Assert.Equal("n1", await _cluster.NodeOfAsync("big"));
    }
}
