using Petrel.Api.Core;
using Petrel.Node.Status;
using Xunit;

namespace Petrel.Node.Tests.Status;

public sealed class NodeConditionsTests
{
    private static readonly DateTimeOffset Now = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_healthy_node_says_so_in_four_conditions()
    {
        var conditions = NodeConditions.Of(default, []);

        Assert.Equal(
            ["MemoryPressure=False KubeletHasSufficientMemory", "DiskPressure=False KubeletHasNoDiskPressure", "PIDPressure=False KubeletHasSufficientPID", "Ready=True KubeletReady"],
            conditions.Select(condition => $"{condition.Type}={condition.Status} {condition.Reason}"));
    }

    [Fact]
    public void Problems_are_listed_in_the_message_of_Ready()
    {
        Assert.Equal("one", NodeConditions.Of(default, ["one"])[^1].Message);
        var ready = NodeConditions.Of(default, ["one", "two"])[^1];
        Assert.Equal(("False", "KubeletNotReady", "[one, two]"), (ready.Status, ready.Reason, ready.Message));
    }

    [Fact]
    public void Conditions_of_others_stay_and_transitions_keep_their_time()
    {
        var before = NodeConditions.Merge([new NodeCondition { Type = "NetworkUnavailable", Status = "False" }], NodeConditions.Of(default, []), Now);
        var after = NodeConditions.Merge(before, NodeConditions.Of(default, ["broken"]), Now.AddMinutes(1));

        Assert.Equal("NetworkUnavailable", after[0].Type);
        Assert.Null(after[0].LastHeartbeatTime);
        Assert.Equal((Now, Now.AddMinutes(1)), (after.Single(each => each.Type == "DiskPressure").LastTransitionTime, after.Single(each => each.Type == "DiskPressure").LastHeartbeatTime));
        Assert.Equal(Now.AddMinutes(1), after.Single(each => each.Type == "Ready").LastTransitionTime);
    }
}
