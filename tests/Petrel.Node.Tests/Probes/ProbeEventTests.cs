using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Events;
using Petrel.Node.Probes;
using Xunit;

namespace Petrel.Node.Tests.Probes;

public sealed class ProbeEventTests : IAsyncLifetime
{
    private static readonly Pod Subject = new()
    {
        Metadata = new() { Name = "web", Namespace = "default", Uid = "u" },
        Spec = new() { Containers = [new() { Name = "c" }], InitContainers = [new() { Name = "side", RestartPolicy = "Always" }] },
    };

    private readonly ServerFixture _server = new();

    public Task InitializeAsync() => _server.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Failures_are_events_about_the_container()
    {
        await RunAsync(ProbeKind.Readiness, ProbeAnswer.Failure("HTTP probe failed with statuscode: 500"), Subject.Spec.Containers[0]);
        await RunAsync(ProbeKind.Liveness, ProbeAnswer.Error("bad"), Subject.Spec.InitContainers[0]);
        await RunAsync(ProbeKind.Startup, new ProbeAnswer(ProbeAnswerKind.Warning, "odd"), Subject.Spec.Containers[0]);
        await RunAsync(ProbeKind.Startup, ProbeAnswer.Success, Subject.Spec.Containers[0]);

        var events = (await _server.Api.ListAsync<Event>("default", new ListOptions(), CancellationToken.None)).Items;
        Assert.Equal(
            [
                "Warning ProbeWarning spec.containers{c} Startup probe warning: odd",
                "Warning Unhealthy spec.containers{c} Readiness probe failed: HTTP probe failed with statuscode: 500",
                "Warning Unhealthy spec.initContainers{side} Liveness probe errored and resulted in unknown state: bad",
            ],
            events.Select(value => $"{value.Type} {value.Reason} {value.InvolvedObject.FieldPath} {value.Message}").Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_carried_out_is_tried_three_times()
    {
        var action = new Scripted(ProbeAnswer.Error("bad"), ProbeAnswer.Error("bad"), ProbeAnswer.Success);
        Assert.Equal(ProbeAnswer.Success, await RunAsync(ProbeKind.Liveness, action, Subject.Spec.Containers[0]));
        Assert.Equal(3, action.Asked);

        var failing = new Scripted(ProbeAnswer.Failure("no"), ProbeAnswer.Success);
        Assert.Equal(ProbeAnswerKind.Failure, (await RunAsync(ProbeKind.Liveness, failing, Subject.Spec.Containers[0])).Kind);
        Assert.Equal(1, failing.Asked);
    }

    private Task<ProbeAnswer> RunAsync(ProbeKind kind, ProbeAnswer answer, Container container) => RunAsync(kind, new Scripted(answer, answer, answer), container);

    private async Task<ProbeAnswer> RunAsync(ProbeKind kind, Scripted action, Container container)
    {
        // Disposal writes what is queued.
        await using var events = new EventRecorder(_server.Api, "kubelet", "n1", TimeProvider.System, NullLogger<EventRecorder>.Instance);
        return await new ProbeRunner([action], events).RunAsync(new ProbeTarget(Subject, container, new Probe(), "id", ""), kind, CancellationToken.None);
    }

    private sealed class Scripted(params ProbeAnswer[] answers) : IProbeAction
    {
        public int Asked { get; private set; }

        public bool Handles(Probe probe) => true;

        public Task<ProbeAnswer> RunAsync(ProbeTarget target, CancellationToken cancellationToken) => Task.FromResult(answers[Asked++]);
    }
}
