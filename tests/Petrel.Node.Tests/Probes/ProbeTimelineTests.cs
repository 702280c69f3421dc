using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Tests;
using Petrel.Node.Probes;
using Xunit;

namespace Petrel.Node.Tests.Probes;

/// <summary>When probes run and what they make of the answers, on a clock of the tests' own.</summary>
public sealed class ProbeTimelineTests : IDisposable
{
    private readonly ManualTime _time = new();
    private readonly DateTimeOffset _begin;
    private readonly List<string> _asked = [];
    private readonly List<string> _changed = [];
    private readonly ProbeManager _probes;
    private Func<ProbeKind, ProbeAnswer> _answer = static _ => ProbeAnswer.Success;

    public ProbeTimelineTests()
    {
        _begin = _time.GetUtcNow();
        _probes = Manager();
    }

    public void Dispose() => _probes.Dispose();

    [Fact]
    public void A_readiness_probe_waits_its_delay_and_then_asks_every_period()
    {
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(5) with { InitialDelaySeconds = 7 } });
        _probes.Follow(pod, Running(pod));
        Assert.Equal(ProbeOutcome.Failure, Outcome(ProbeKind.Readiness));

        Advance(20);

        Assert.Equal(["Readiness@7", "Readiness@12", "Readiness@17"], _asked);
        Assert.Equal(ProbeOutcome.Success, Outcome(ProbeKind.Readiness));
        // One change, however often it answers the same.
        Assert.Equal(["u"], _changed);
    }

    [Fact]
    public void Following_again_changes_nothing()
    {
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(5) });
        for (var i = 0; i < 12; i++)
        {
            _probes.Follow(pod, Running(pod));
            Advance(1);
        }

        Assert.Equal(["Readiness@0", "Readiness@5", "Readiness@10"], _asked);
    }

    [Fact]
    public void Thresholds_count_answers_in_a_row()
    {
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(1) with { SuccessThreshold = 2, FailureThreshold = 3 } });
        var (answers, outcomes) = ("SFSSFFSFFFS", new List<ProbeOutcome>());
        var next = 0;
        _answer = _ => answers[Math.Min(next++, answers.Length - 1)] == 'S' ? ProbeAnswer.Success : ProbeAnswer.Failure("no");
        _probes.Follow(pod, Running(pod));
        for (var i = 0; i < answers.Length; i++)
        {
            Advance(i == 0 ? 0 : 1);
            outcomes.Add(Outcome(ProbeKind.Readiness));
        }

        Assert.Equal("FFFSSSSSSFF", string.Concat(outcomes.Select(outcome => outcome == ProbeOutcome.Success ? 'S' : 'F')));
    }

    [Fact]
    public void A_failed_liveness_probe_is_not_asked_again_until_the_container_is_another()
    {
        var pod = Pod(new Container { Name = "c", LivenessProbe = Every(10) });
        _answer = static _ => ProbeAnswer.Failure("no");
        _probes.Follow(pod, Running(pod));
        Assert.Equal(ProbeOutcome.Success, Outcome(ProbeKind.Liveness));
        Advance(60);
        Assert.Equal(["Liveness@0", "Liveness@10", "Liveness@20"], _asked);
        Assert.Equal((ProbeOutcome.Failure, true), (Outcome(ProbeKind.Liveness), _probes.IsDecided("u", "c", "containerd://one", ProbeKind.Liveness)));

        _answer = static _ => ProbeAnswer.Success;
        _probes.Follow(pod, Running(pod, id: "two"));
        Advance(0);
        Assert.Equal(ProbeOutcome.Success, Outcome(ProbeKind.Liveness, "two"));
        // What was found about the old container is not said of it any more.
        Assert.Equal("Liveness@60", _asked[^1]);
    }

    [Fact]
    public void Other_probes_wait_for_the_startup_probe()
    {
        var pod = Pod(new Container { Name = "c", StartupProbe = Every(2) with { FailureThreshold = 10 }, LivenessProbe = Every(5), ReadinessProbe = Every(5) });
        _answer = kind => kind == ProbeKind.Startup && _time.GetUtcNow() < _begin.AddSeconds(5) ? ProbeAnswer.Failure("no") : ProbeAnswer.Success;
        _probes.Follow(pod, Running(pod, started: false));
        Assert.Equal(ProbeOutcome.Unknown, Outcome(ProbeKind.Startup));
        Advance(9);
        Assert.Equal(["Startup@0", "Startup@2", "Startup@4", "Startup@6"], _asked);
        Assert.Equal((ProbeOutcome.Success, "u"), (Outcome(ProbeKind.Startup), Assert.Single(_changed)));

        _asked.Clear();
        _probes.Follow(pod, Running(pod, started: true));
        Advance(5);
        Assert.Equal(["Liveness@14", "Liveness@9", "Readiness@14", "Readiness@9"], _asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_startup_probe_that_fails_for_good_is_a_failure()
    {
        var pod = Pod(new Container { Name = "c", StartupProbe = Every(1) with { FailureThreshold = 4 } });
        _answer = static _ => ProbeAnswer.Failure("no");
        _probes.Follow(pod, Running(pod, started: false));
        Advance(10);

        Assert.Equal(4, _asked.Count);
        Assert.Equal(ProbeOutcome.Failure, Outcome(ProbeKind.Startup));
    }

    [Fact]
    public void A_probe_that_cannot_be_carried_out_decides_nothing()
    {
        var pod = Pod(new Container { Name = "c", LivenessProbe = Every(1) with { FailureThreshold = 1 }, ReadinessProbe = Every(1) });
        _probes.Follow(pod, Running(pod));
        Advance(0);
        _answer = static _ => ProbeAnswer.Error("runtime away");
        Advance(5);

        Assert.Equal((ProbeOutcome.Success, ProbeOutcome.Success), (Outcome(ProbeKind.Liveness), Outcome(ProbeKind.Readiness)));
    }

    [Fact]
    public void A_container_that_does_not_run_is_not_asked()
    {
        var pod = Pod(new Container { Name = "c", LivenessProbe = Every(1), ReadinessProbe = Every(1) });
        _probes.Follow(pod, new PodStatus());
        Advance(5);
        _probes.Follow(pod, Running(pod));
        Advance(1);
        _probes.Follow(pod, new PodStatus { ContainerStatuses = [new() { Name = "c", ContainerID = "containerd://one", State = new() { Terminated = new() } }] });
        Advance(5);

        Assert.Equal(["Liveness@5", "Liveness@6", "Readiness@5", "Readiness@6"], _asked.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_pod_that_is_being_deleted_keeps_its_readiness_probe_alone()
    {
        var pod = Pod(new Container { Name = "c", LivenessProbe = Every(1) with { FailureThreshold = 1 }, ReadinessProbe = Every(1) });
        _answer = static _ => ProbeAnswer.Failure("no");
        _probes.Follow(pod, Running(pod));
        Advance(0);
        _asked.Clear();

        var deleted = pod with { Metadata = pod.Metadata with { DeletionTimestamp = _time.GetUtcNow() } };
        _probes.Follow(deleted, Running(pod));
        Advance(2);

        Assert.Equal(["Readiness@1", "Readiness@2"], _asked);
        Assert.Equal(ProbeOutcome.Success, Outcome(ProbeKind.Liveness));
    }

    [Fact]
    public void What_ended_or_was_forgotten_is_not_asked()
    {
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(1) });
        _probes.Follow(pod, Running(pod));
        Advance(0);
        _probes.Follow(pod, Running(pod) with { Phase = "Succeeded" });
        Advance(3);
        _probes.Follow(pod, Running(pod));
        Advance(0);
        _probes.Forget("u");
        _probes.Forget("u");
        Advance(3);

        Assert.Equal(["Readiness@0", "Readiness@3"], _asked);
    }

    [Fact]
    public void A_late_answer_about_an_old_container_is_not_held_against_the_new_one()
    {
        var late = new TaskCompletionSource<ProbeAnswer>();
        using var probes = new ProbeManager((target, _, _) => target.ContainerId == "one" ? late.Task : Task.FromResult(ProbeAnswer.Success), _time, NullLoggerFactory.Instance);
        var pod = Pod(new Container { Name = "c", LivenessProbe = Every(1) with { FailureThreshold = 1 } });
        probes.Follow(pod, Running(pod));
        Advance(0);
        probes.Follow(pod, Running(pod, id: "two"));
        late.SetResult(ProbeAnswer.Failure("no"));
        Advance(2);

        Assert.Equal(ProbeOutcome.Success, probes.OutcomeOf("u", "c", "two", ProbeKind.Liveness));
    }

    [Fact]
    public void A_slow_probe_is_asked_once_at_a_time()
    {
        var (running, most) = (0, 0);
        var answers = new Queue<TaskCompletionSource<ProbeAnswer>>();
        using var probes = new ProbeManager(
            async (_, _, _) =>
            {
                most = Math.Max(most, ++running);
                var answer = new TaskCompletionSource<ProbeAnswer>();
                answers.Enqueue(answer);
                var given = await answer.Task;
                running--;
                return given;
            },
            _time,
            NullLoggerFactory.Instance);
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(1) });
        probes.Follow(pod, Running(pod));
        Advance(10);
        answers.Dequeue().SetResult(ProbeAnswer.Success);
        Advance(0);

        Assert.Equal((1, 1), (most, answers.Count));
    }

    [Fact]
    public void After_a_restart_what_the_api_knows_stays_true_and_first_probes_are_spread()
    {
        var pod = Pod(new Container { Name = "c", StartupProbe = Every(10), ReadinessProbe = Every(10) });
        pod = pod with { Status = Running(pod, started: true) with { ContainerStatuses = [Running(pod, started: true).ContainerStatuses[0] with { Ready = true }] } };
        Advance(100);
        using var restarted = Manager();
        restarted.Follow(pod, Running(pod, started: true) with { ContainerStatuses = [pod.Status.ContainerStatuses[0] with { State = new() { Running = new() { StartedAt = _begin } } }] });

        Assert.Equal((ProbeOutcome.Success, ProbeOutcome.Success), (restarted.OutcomeOf("u", "c", "one", ProbeKind.Startup), restarted.OutcomeOf("u", "c", "one", ProbeKind.Readiness)));
        Assert.True(restarted.IsDecided("u", "c", "one", ProbeKind.Readiness));
        Advance(10);
        var first = int.Parse(Assert.Single(_asked).Split('@')[1], CultureInfo.InvariantCulture);
        Assert.InRange(first, 100, 110);
        // Another container of the same name is asked at once: it began after the restart.
        _asked.Clear();
        restarted.Follow(pod, Running(pod, id: "two", started: true));
        Assert.Equal(ProbeOutcome.Failure, restarted.OutcomeOf("u", "c", "two", ProbeKind.Readiness));
        Advance(0);
        Assert.Single(_asked);
    }

    [Fact]
    public void Without_a_probe_the_outcome_is_success_and_sidecars_have_theirs()
    {
        var pod = Pod(new Container { Name = "c" }) is var plain ? plain with { Spec = plain.Spec with { InitContainers = [new() { Name = "side", RestartPolicy = "Always", ReadinessProbe = Every(1) }, new() { Name = "init" }] } } : null!;
        _answer = static _ => ProbeAnswer.Failure("no");
        Assert.Equal((ProbeOutcome.Failure, false), (Outcome(ProbeKind.Readiness), _probes.IsDecided("u", "c", "one", ProbeKind.Readiness)));
        _probes.Follow(pod, Running(pod) with { InitContainerStatuses = [new() { Name = "side", ContainerID = "containerd://s", State = new() { Running = new() { StartedAt = _begin } }, Started = true }] });
        Advance(0);

        Assert.Equal((ProbeOutcome.Success, true), (Outcome(ProbeKind.Readiness), _probes.IsDecided("u", "c", "one", ProbeKind.Readiness)));
        Assert.Equal(["Readiness@0"], _asked);
        Assert.Equal(ProbeOutcome.Failure, _probes.OutcomeOf("u", "side", "s", ProbeKind.Readiness));
    }

    [Fact]
    public void A_bug_in_a_probe_does_not_end_it()
    {
        var pod = Pod(new Container { Name = "c", ReadinessProbe = Every(1) });
        _answer = static _ => throw new InvalidOperationException("bug");
        _probes.Follow(pod, Running(pod));
        Advance(0);
        _answer = static _ => ProbeAnswer.Success;
        Advance(1);

        Assert.Equal(ProbeOutcome.Success, Outcome(ProbeKind.Readiness));
    }

    [Fact]
    public void A_probe_may_grant_its_own_time_to_end()
    {
        var container = new Container { Name = "c", LivenessProbe = Every(1) with { TerminationGracePeriodSeconds = 5 }, StartupProbe = Every(1) };

        Assert.Equal((5, null, null), (ProbeManager.GracePeriodSeconds(container, ProbeKind.Liveness), ProbeManager.GracePeriodSeconds(container, ProbeKind.Startup), ProbeManager.GracePeriodSeconds(container, ProbeKind.Readiness)));
    }

    private static Probe Every(int seconds) => new() { PeriodSeconds = seconds, TimeoutSeconds = 1, SuccessThreshold = 1, FailureThreshold = 3, TcpSocket = new() { Port = 80 } };

    private static Pod Pod(Container container) => new() { Metadata = new() { Name = "p", Namespace = "default", Uid = "u" }, Spec = new() { Containers = [container] } };

    private ProbeManager Manager()
    {
        var probes = new ProbeManager(
            (target, kind, _) =>
            {
                _asked.Add(string.Create(CultureInfo.InvariantCulture, $"{kind}@{(int)(_time.GetUtcNow() - _begin).TotalSeconds}"));
                return Task.FromResult(_answer(kind));
            },
            _time,
            NullLoggerFactory.Instance);
        probes.Changed += _changed.Add;
        return probes;
    }

    private PodStatus Running(Pod pod, string id = "one", bool? started = null) => new()
    {
        Phase = "Running",
        PodIP = "10.0.0.1",
        ContainerStatuses = [.. pod.Spec.Containers.Select(container => new ContainerStatus
        {
            Name = container.Name,
            ContainerID = "containerd://" + id,
            State = new() { Running = new() { StartedAt = id == "one" && _asked.Count == 0 ? _begin : _time.GetUtcNow() } },
            Started = started,
        })],
    };

    private ProbeOutcome Outcome(ProbeKind kind, string id = "one") => _probes.OutcomeOf("u", "c", id, kind);

    private void Advance(double seconds) => _time.Advance(TimeSpan.FromSeconds(seconds));
}
