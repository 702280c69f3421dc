using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Xunit;

namespace Petrel.Node.Tests.Pods;

public sealed class PodPhaseTests
{
    /// <summary>States: r running, w waiting, wN waiting after an end with code N, N ended with code N, - no status.</summary>
    [Theory]
    [InlineData("Always", "", "-", false, "Pending")]
    [InlineData("Always", "", "w", false, "Pending")]
    [InlineData("Always", "", "r w", false, "Pending")]
    [InlineData("Always", "", "r r", false, "Running")]
    [InlineData("Always", "", "r 1", false, "Running")]
    [InlineData("Always", "", "w1", false, "Running")]
    [InlineData("Always", "", "0", false, "Running")]
    [InlineData("Always", "", "0", true, "Succeeded")]
    [InlineData("Always", "", "137", true, "Failed")]
    [InlineData("OnFailure", "", "0 0", false, "Succeeded")]
    [InlineData("OnFailure", "", "0 1", false, "Running")]
    [InlineData("Never", "", "0 1", false, "Failed")]
    [InlineData("Never", "", "0 0", false, "Succeeded")]
    [InlineData("Always", "r", "w", false, "Pending")]
    [InlineData("Always", "w1", "w", false, "Pending")]
    [InlineData("Never", "1", "w", false, "Failed")]
    [InlineData("Always", "0", "r", false, "Running")]
    public void The_phase_follows_from_the_states(string policy, string initial, string states, bool isEnding, string expected)
    {
        var (initContainers, initStatuses) = Parse(initial, "i");
        var (containers, statuses) = Parse(states, "c");
        var spec = new PodSpec { RestartPolicy = policy, InitContainers = initContainers, Containers = containers };

        Assert.Equal(expected, PodPhase.Of(spec, initStatuses, statuses, isEnding));
    }

    [Fact]
    public void A_pod_waits_for_its_sidecars_at_both_ends()
    {
        var spec = new PodSpec { RestartPolicy = "Never", InitContainers = [new() { Name = "s", RestartPolicy = "Always" }], Containers = [new() { Name = "c0" }] };
        var sidecar = new ContainerStatus { Name = "s", State = new() { Running = new() } };

        Assert.Equal("Pending", PodPhase.Of(spec, [sidecar], Parse("w", "c").Statuses, isEnding: false));
        Assert.Equal("Running", PodPhase.Of(spec, [sidecar with { Started = true }], Parse("0", "c").Statuses, isEnding: false));
        Assert.Equal("Succeeded", PodPhase.Of(spec, [sidecar with { State = Terminated(137) }], Parse("0", "c").Statuses, isEnding: false));
    }

    private static (ApiList<Container> Containers, ApiList<ContainerStatus> Statuses) Parse(string states, string prefix)
    {
        var words = states.Split(' ', StringSplitOptions.RemoveEmptyEntries).Index().Select(each => (Name: $"{prefix}{each.Index}", each.Item)).ToList();
        return (
            words.Select(static word => new Container { Name = word.Name }).ToApiList(),
            words.Where(static word => word.Item != "-").Select(static word => Status(word.Name, word.Item)).ToApiList());
    }

    private static ContainerStatus Status(string name, string state) => state switch
    {
        "r" => new() { Name = name, State = new() { Running = new() } },
        "w" => new() { Name = name, State = new() { Waiting = new() } },
        ['w', .. var code] => new() { Name = name, State = new() { Waiting = new() }, LastState = Terminated(int.Parse(code, null)) },
        _ => new() { Name = name, State = Terminated(int.Parse(state, null)) },
    };

    private static ContainerState Terminated(int code) => new() { Terminated = new() { ExitCode = code } };
}
