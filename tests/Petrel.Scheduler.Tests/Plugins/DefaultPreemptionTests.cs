using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Xunit;

namespace Petrel.Scheduler.Tests.Plugins;

/// <summary>What of preemption no pod of an API server shows until it serves PriorityClass, which alone gives the policy Never.</summary>
public sealed class DefaultPreemptionTests
{
    [Fact]
    public async Task A_pod_that_never_preempts_waits_and_no_node_is_looked_at()
    {
        var nodes = new Snapshot();
        var pod = new PodInfo(new Pod { Spec = new() { Priority = 1, PreemptionPolicy = "Never" } });
        await using var services = new TestServices();
        var answer = new DefaultPreemption(services.Services).PostFilter(
            new PostFilterContext(new CycleState(), pod, nodes, new Rejections(nodes, Verdict.Unschedulable("NodeName", "no")), Filters: null!));
        Assert.Equal("preemption: not eligible due to preemptionPolicy=Never.", answer.Verdict.Message);
    }
}
