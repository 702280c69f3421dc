using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Client.Events;
using Petrel.Node.Http;
using Petrel.Node.Probes.Actions;
using Petrel.Node.Runtime;

namespace Petrel.Node.Probes;

/// <summary>
/// Runs the probes of the containers of this node and keeps what they found. Acting on it (restarts, readiness) is the
/// pod's worker's; this only looks, and records events when a look fails.
/// </summary>
public sealed partial class ProbeManager : IDisposable
{
    private readonly Func<ProbeTarget, ProbeKind, CancellationToken, Task<ProbeAnswer>> _run;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _start;
    private readonly HttpGetClient _http = new();
    private readonly Lock _lock = new();

    // By pod, then by container and kind. As many as the pods of this node have probes.
    private readonly Dictionary<string, Dictionary<(string Container, ProbeKind Kind), ProbeWorker>> _pods = new(StringComparer.Ordinal);

    public ProbeManager(ProbeOptions options, ContainerRuntime runtime, EventRecorder events, TimeProvider time, ILoggerFactory loggers)
        : this(time, loggers) =>
        _run = new ProbeRunner(
            [new ExecProbe(runtime), new HttpProbe(_http, options, time), new TcpProbe(time), new GrpcProbe(options, time)],
            events).RunAsync;

    internal ProbeManager(Func<ProbeTarget, ProbeKind, CancellationToken, Task<ProbeAnswer>> run, TimeProvider time, ILoggerFactory loggers)
        : this(time, loggers) => _run = run;

    private ProbeManager(TimeProvider time, ILoggerFactory loggers)
    {
        _run = null!;
        _time = time;
        _logger = loggers.CreateLogger<ProbeManager>();
        _start = time.GetUtcNow();
    }

    /// <summary>Raised with the uid of a pod one of whose probes has found something new. Handlers only note what to do.</summary>
    public event Action<string>? Changed;

    /// <summary>
    /// Probes what this pod's containers ask for, by how they are now. Called after every new status; a status that changes
    /// nothing changes nothing here.
    /// </summary>
    /// <param name="pod">As the API has it: what its status says of a container that still runs is believed until a probe says otherwise.</param>
    /// <param name="status">As this node has just found it.</param>
    public void Follow(Pod pod, PodStatus status)
    {
        if (status.Phase is "Succeeded" or "Failed")
        {
            Forget(pod.Metadata.Uid);
            return;
        }

        lock (_lock)
        {
            _pods.TryAdd(pod.Metadata.Uid, []);
        }

        foreach (var container in PodContainers.Probed(pod))
        {
            var now = PodContainers.StatusOf(status, container.Name);
            foreach (var (kind, probe) in ProbesOf(container))
            {
                Worker(pod.Metadata.Uid, container.Name, kind).Follow(pod, container, probe, now, status.PodIP);
            }
        }
    }

    /// <summary>
    /// What a probe has found about a container. Before the first decision: failure for readiness, success for liveness,
    /// unknown for startup. Success when the pod is followed and the container has no such probe.
    /// </summary>
    /// <param name="containerId">The runtime's, with or without <c>containerd://</c>.</param>
    public ProbeOutcome OutcomeOf(string podUid, string container, string containerId, ProbeKind kind) => Find(podUid, container, kind, out var isFollowed) is { } worker
        ? worker.OutcomeOf(PodContainers.RuntimeId(containerId))
        : isFollowed ? ProbeOutcome.Success : ProbeWorker.InitialOf(kind);

    /// <summary>Whether <see cref="OutcomeOf"/> was found by the probe (or told by the API before a restart), not assumed.</summary>
    public bool IsDecided(string podUid, string container, string containerId, ProbeKind kind) =>
        Find(podUid, container, kind, out var isFollowed) is { } worker ? worker.IsDecided(PodContainers.RuntimeId(containerId)) : isFollowed;

    /// <summary>Seconds that a container has to end when this probe is why it is stopped; null for the pod's own (KEP-2238).</summary>
    public static long? GracePeriodSeconds(Container container, ProbeKind kind) =>
        ProbesOf(container).FirstOrDefault(each => each.Kind == kind).Probe?.TerminationGracePeriodSeconds;

    /// <summary>Ends the probes of a pod.</summary>
    public void Forget(string podUid)
    {
        Dictionary<(string, ProbeKind), ProbeWorker>? workers;
        lock (_lock)
        {
            _pods.Remove(podUid, out workers);
        }

        foreach (var worker in workers?.Values ?? Enumerable.Empty<ProbeWorker>())
        {
            worker.Dispose();
        }
    }

    public void Dispose()
    {
        List<string> pods;
        lock (_lock)
        {
            pods = [.. _pods.Keys];
        }

        pods.ForEach(Forget);
        _http.Dispose();
    }

    private static IEnumerable<(ProbeKind Kind, Probe Probe)> ProbesOf(Container container)
    {
        if (container.StartupProbe is { } startup)
        {
            yield return (ProbeKind.Startup, startup);
        }

        if (container.LivenessProbe is { } liveness)
        {
            yield return (ProbeKind.Liveness, liveness);
        }

        if (container.ReadinessProbe is { } readiness)
        {
            yield return (ProbeKind.Readiness, readiness);
        }
    }

    private ProbeWorker? Find(string podUid, string container, ProbeKind kind, out bool isFollowed)
    {
        lock (_lock)
        {
            isFollowed = _pods.TryGetValue(podUid, out var workers);
            return workers?.GetValueOrDefault((container, kind));
        }
    }

    private ProbeWorker Worker(string podUid, string container, ProbeKind kind)
    {
        lock (_lock)
        {
            if (!_pods.TryGetValue(podUid, out var workers))
            {
                _pods[podUid] = workers = [];
            }

            if (!workers.TryGetValue((container, kind), out var worker))
            {
                workers[(container, kind)] = worker = new ProbeWorker(kind, RunAsync, () => Changed?.Invoke(podUid), _start, _time);
            }

            return worker;
        }
    }

    private async Task<ProbeAnswer> RunAsync(ProbeTarget target, ProbeKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return await _run(target, kind, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A bug must not end a probe for ever without a word.
            Log.Broke(_logger, kind, target.Container.Name, target.Pod.Metadata.Namespace, target.Pod.Metadata.Name, exception);
            return ProbeAnswer.Error(exception.Message);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Error, "{Kind} probe of container {Container} of pod {Namespace}/{Name} ended by an exception")]
        public static partial void Broke(ILogger logger, ProbeKind kind, string container, string @namespace, string name, Exception exception);
    }
}
