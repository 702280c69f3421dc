using Petrel.Api.Core;
using Petrel.Scheduler.Nodes;
using Petrel.Scheduler.Plugins;
using Xunit;

namespace Petrel.Scheduler.Tests.Plugins;

/// <summary>Where preemption does the least harm.</summary>
public sealed class PreemptionCandidateTests
{
    private static readonly DateTimeOffset Start = new(2024, 1, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_least_important_victim_then_the_smallest_sum_then_the_fewest()
    {
        Assert.Equal("b", Best(("a", [(5, 0)]), ("b", [(3, 0), (3, 0), (3, 0)])));
        Assert.Equal("b", Best(("a", [(5, 0), (4, 0)]), ("b", [(5, 0), (3, 0)])));
        Assert.Equal("b", Best(("a", [(5, 0), (1, 0)]), ("b", [(5, 0)])));
    }

    [Fact]
    public void Fewer_victims_of_negative_priority_are_less_harm() => Assert.Equal("b", Best(("a", [(-5, 0), (-5, 0)]), ("b", [(-5, 0)])));

    [Fact]
    public void Otherwise_the_one_whose_most_important_victim_began_last() => Assert.Equal("b", Best(("a", [(5, 10)]), ("b", [(5, 20)]), ("c", [(5, 15)])));

    [Fact]
    public void A_node_that_needs_no_victims_is_best() => Assert.Equal("b", Best(("a", [(1, 0)]), ("b", [])));

    [Fact]
    public void Without_candidates_there_is_none() => Assert.Null(PreemptionCandidate.Best([]));

    private static string Best(params (string Node, (int Priority, int Second)[] Victims)[] candidates) =>
        PreemptionCandidate.Best([.. candidates.Select(static candidate => new PreemptionCandidate(candidate.Node, [.. candidate.Victims.Select(Victim)]))])!.Node;

    private static PodInfo Victim((int Priority, int Second) victim) =>
        new(new Pod { Spec = new() { Priority = victim.Priority }, Status = new() { StartTime = Start.AddSeconds(victim.Second) } });
}
