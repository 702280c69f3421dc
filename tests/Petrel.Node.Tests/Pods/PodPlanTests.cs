using Petrel.Api.Core;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;
using Xunit;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Tests.Pods;

public sealed class PodPlanTests
{
    private static readonly Container A = new() { Name = "a", Image = "x" };
    private static readonly Container B = new() { Name = "b", Image = "x" };
    private static readonly Container Init = new() { Name = "init", Image = "x" };
    private static readonly Container Side = new() { Name = "side", Image = "x", RestartPolicy = "Always" };

    private readonly Health _health = new();

    [Fact]
    public void Without_anything_the_first_init_container_is_started_or_all_others()
    {
        Assert.Equal("init", Starts(new PodSpec { InitContainers = [Init, Side], Containers = [A, B] }, Seen()));
        Assert.Equal("a,b", Starts(new PodSpec { Containers = [A, B] }, Seen()));
    }

    [Fact]
    public void Init_containers_go_on_where_they_were()
    {
        var spec = new PodSpec { RestartPolicy = "Always", InitContainers = [Init, Side], Containers = [A] };
        Assert.Equal("", Starts(spec, Seen(Running("init"))));
        Assert.Equal("init", Starts(spec, Seen(Ended("init", 1))));
        Assert.Equal("side", Starts(spec, Seen(Ended("init", 0))));
        Assert.Equal("a", Starts(spec, Seen(Ended("init", 0), Running("side"))));
        _health.Unstarted.Add("side");
        Assert.Equal("", Starts(spec, Seen(Ended("init", 0), Running("side"))));
        // One that was removed after it was done is not run again.
        Assert.Equal("", Starts(spec, Seen(Running("side"), Running("a"))));
        Assert.Equal("side", Starts(spec, Seen(Ended("side", 0), Running("a"))));
    }

    [Theory]
    [InlineData("Always", 0, "a", false)]
    [InlineData("OnFailure", 0, "", true)]
    [InlineData("OnFailure", 1, "a", false)]
    [InlineData("Never", 1, "", true)]
    public void The_policy_decides_what_follows_an_end(string policy, int exitCode, string starts, bool isOver)
    {
        var plan = Plan(new PodSpec { RestartPolicy = policy, Containers = [A] }, Seen(Ended("a", exitCode)));
        Assert.Equal((starts, isOver), (string.Join(',', plan.Starts.Select(static each => each.Name)), plan.IsOver));
    }

    [Fact]
    public void A_pod_that_is_done_ends_its_sidecars_the_last_first()
    {
        var spec = new PodSpec { RestartPolicy = "Never", InitContainers = [Side, Side with { Name = "late" }], Containers = [A] };
        var plan = Plan(spec, Seen(Running("side"), Running("late"), Ended("a", 0)));
        Assert.Equal(["late 1", "side 2"], plan.Stops.OrderBy(static each => each.Turn).Select(static each => $"{each.Instance.Name} {each.Turn}"));
        Assert.False(plan.IsOver);
        Assert.True(Plan(spec, Seen(Ended("side", 0), Ended("late", 0), Ended("a", 0))).IsOver);
    }

    [Fact]
    public void A_pod_that_must_end_starts_nothing_and_stops_everything()
    {
        var plan = PodPlan.Of(new PodSpec { RestartPolicy = "Always", Containers = [A, B] }, Seen(Running("a"), Ended("b", 1)), isEnding: true, _health);
        Assert.Equal((0, "a"), (plan.Starts.Count, Assert.Single(plan.Stops).Instance.Name));
    }

    [Fact]
    public void A_lost_sandbox_starts_the_pod_anew_unless_it_is_run_but_once()
    {
        var spec = new PodSpec { RestartPolicy = "Always", InitContainers = [Init], Containers = [A] };
        var lost = Seen(Ended("init", 0), Ended("a", 137)) with { Sandbox = new Cri.PodSandboxStatus { Id = "s", State = Cri.PodSandboxState.SandboxNotready } };
        Assert.Equal("init", Starts(spec, lost));
        Assert.True(Plan(spec with { RestartPolicy = "Never" }, lost).IsOver);
        var stillRunning = lost with { Containers = [Running("a")] };
        Assert.Equal("a", Assert.Single(Plan(spec, stillRunning).Stops).Instance.Name);
    }

    [Fact]
    public void A_container_that_was_only_made_is_made_again() =>
        Assert.Equal("a", Starts(new PodSpec { RestartPolicy = "Never", Containers = [A] }, Seen(Of("a", Cri.ContainerState.ContainerCreated, 0))));

    [Fact]
    public void What_its_probe_or_its_definition_says_must_be_restarted_is_stopped()
    {
        var spec = new PodSpec { RestartPolicy = "Always", Containers = [A, B] };
        _health.Sick.Add("a");
        Assert.Equal("sick", Assert.Single(Plan(spec, Seen(Running("a"), Running("b"))).Stops).Reason);

        var changed = Running("b");
        changed.Status.Annotations["io.kubernetes.container.hash"] = "of another image";
        _health.Sick.Clear();
        Assert.Equal("Container b definition changed, will be restarted", Assert.Single(Plan(spec, Seen(Running("a"), changed)).Stops).Reason);
    }

    private string Starts(PodSpec spec, RuntimePod seen) => string.Join(',', Plan(spec, seen).Starts.Select(static each => each.Name));

    private PodPlan Plan(PodSpec spec, RuntimePod seen) => PodPlan.Of(spec, seen, isEnding: false, _health);

    private static RuntimePod Seen(params RuntimeContainer[] containers) => new()
    {
        Sandbox = containers.Length == 0
            ? null
            : new Cri.PodSandboxStatus { Id = "s", State = Cri.PodSandboxState.SandboxReady, Network = new() { Ip = "10.0.0.1" } },
        Containers = containers,
    };

    private static RuntimeContainer Running(string name) => Of(name, Cri.ContainerState.ContainerRunning, 0);

    private static RuntimeContainer Ended(string name, int exitCode) => Of(name, Cri.ContainerState.ContainerExited, exitCode);

    private static RuntimeContainer Of(string name, Cri.ContainerState state, int exitCode) => new(
        "s",
        new Cri.ContainerStatus { Id = name + "-id", Metadata = new() { Name = name }, State = state, ExitCode = exitCode, Labels = { [RuntimeLabels.ContainerName] = name } });

    private sealed class Health : IContainerHealth
    {
        public HashSet<string> Sick { get; } = [];

        public HashSet<string> Unstarted { get; } = [];

        public (string Message, Probe? Probe)? ReasonToRestart(Container container, string containerId) => Sick.Contains(container.Name) ? ("sick", null) : null;

        public bool HasStarted(Container container, string containerId) => !Unstarted.Contains(container.Name);

        public bool IsReady(Container container, string containerId) => true;
    }
}
