using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class PodConditionsTests
{
    private static readonly DateTimeOffset Now = new(2025, 5, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ContainerStatus Ready = new() { Name = "c", Ready = true, State = new() { Running = new() } };
    private static readonly PodSpec Spec = new() { InitContainers = [new() { Name = "i" }], Containers = [new() { Name = "c" }] };

    [Fact]
    public void A_pod_that_has_not_begun_says_what_it_waits_for()
    {
        var waiting = new ContainerState { Waiting = new() };
        var status = new PodStatus { Phase = "Pending", InitContainerStatuses = [new() { Name = "i", State = waiting }], ContainerStatuses = [new() { Name = "c", State = waiting }] };

        Assert.Equal(
            [
                "PodReadyToStartContainers=False",
                "Initialized=False ContainersNotInitialized containers with incomplete status: [i]",
                "Ready=False ContainersNotReady containers with unready status: [c]",
                "ContainersReady=False ContainersNotReady containers with unready status: [c]",
                "PodScheduled=True",
            ],
            Text(PodConditions.Of(Spec, status, hasSandbox: false, Now)));
    }

    [Fact]
    public void A_ready_pod_is_everything() =>
        Assert.All(PodConditions.Of(Spec, new() { Phase = "Running", ContainerStatuses = [Ready] }, hasSandbox: true, Now), condition => Assert.Equal("True", condition.Status));

    [Theory]
    [InlineData("Succeeded", "PodCompleted")]
    [InlineData("Failed", "PodFailed")]
    public void A_pod_that_is_over_is_not_ready(string phase, string reason) =>
        Assert.Contains($"Ready=False {reason}", Text(PodConditions.Of(Spec, new() { Phase = phase }, hasSandbox: false, Now)));

    [Fact]
    public void Readiness_gates_hold_back_Ready_alone()
    {
        var spec = Spec with { ReadinessGates = [new() { ConditionType = "a" }, new() { ConditionType = "b" }] };
        var status = new PodStatus { Phase = "Running", ContainerStatuses = [Ready], Conditions = [new() { Type = "b", Status = "False" }] };
        var text = Text(PodConditions.Of(spec, status, hasSandbox: true, Now)).ToList();

        Assert.Contains(
            "Ready=False ReadinessGatesNotReady corresponding condition of pod readiness gate \"a\" does not exist., the status of pod readiness gate \"b\" is not \"True\", but False", text);
        Assert.Contains("ContainersReady=True", text);
        Assert.Contains("b=False", text);
    }

    [Fact]
    public void A_condition_keeps_the_time_of_its_last_change()
    {
        var status = new PodStatus { Phase = "Running", ContainerStatuses = [Ready] };
        var first = PodConditions.Of(Spec, status, hasSandbox: true, Now);
        var second = PodConditions.Of(Spec, status with { Conditions = first, ContainerStatuses = [Ready with { Ready = false }] }, hasSandbox: true, Now.AddMinutes(1));

        Assert.Equal(Now, second.Single(each => each.Type == "Initialized").LastTransitionTime);
        Assert.Equal(Now.AddMinutes(1), second.Single(each => each.Type == "Ready").LastTransitionTime);
    }

    private static IEnumerable<string> Text(ApiList<PodCondition> conditions) =>
        conditions.Select(each => $"{each.Type}={each.Status} {each.Reason} {each.Message}".TrimEnd());
}
