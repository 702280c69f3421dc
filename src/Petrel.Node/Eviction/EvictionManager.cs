using Microsoft.Extensions.Logging;
using Petrel.Api.Core;
using Petrel.Grpc;
using Petrel.Linux.Processes;
using Petrel.Node.Pods;
using Petrel.Node.Status;

namespace Petrel.Node.Eviction;

/// <summary>
/// Saves the node when it runs out of memory, disk or processes: ends one pod after the other, and looks after each whether
/// that was enough. Also ends pods that keep more on disk than they may.
/// </summary>
internal sealed partial class EvictionManager(IEvictionNode node, EvictionOptions options, TimeProvider time, ILogger<EvictionManager> logger)
{
    private const string MemoryPressureTaint = "node.kubernetes.io/memory-pressure";

    // A pod at a hard threshold, or over its own limits, has this long to end.
    private static readonly TimeSpan ImmediateGracePeriod = TimeSpan.FromSeconds(1);

    // So long an evicted pod may take to give back what it used before another has to go.
    private static readonly TimeSpan CleanupTime = TimeSpan.FromSeconds(30);

    private readonly Lock _lock = new();

    // Since when thresholds have been met without a break, and when they were last.
    private readonly Dictionary<EvictionThreshold, DateTimeOffset> _metSince = [];
    private readonly Dictionary<EvictionSignal, DateTimeOffset> _lastMet = [];
    private (string PodUid, DateTimeOffset At)? _evicted;

    /// <summary>What the node is short of, or was a short time ago: conditions that come and go would move pods around.</summary>
    public NodePressure Pressure
    {
        get
        {
            lock (_lock)
            {
                var now = time.GetUtcNow();
                bool Has(params ReadOnlySpan<EvictionSignal> signals)
                {
                    foreach (var signal in signals)
                    {
                        if (_lastMet.TryGetValue(signal, out var last) && now - last < options.TransitionPeriod)
                        {
                            return true;
                        }
                    }

                    return false;
                }

                return new NodePressure(
                    Has(EvictionSignal.Memory),
                    Has(EvictionSignal.NodeDisk, EvictionSignal.NodeInodes, EvictionSignal.ImageDisk, EvictionSignal.ImageInodes),
                    Has(EvictionSignal.Processes));
            }
        }
    }

    /// <summary>Why a node that is short of something does not take a pod; null when it does.</summary>
    public (string Reason, string Message)? Refusal(Pod pod)
    {
        var pressure = Pressure;
        if (pressure == default || EvictionRanking.IsCritical(pod))
        {
            return null;
        }

        // Short of memory alone it takes what has asked for memory, and what says that it can live with it.
        var isMemoryAlone = pressure == new NodePressure(Memory: true, Disk: false, Processes: false);
        if (isMemoryAlone && (pod.Status.QosClass != "BestEffort" || pod.Spec.Tolerations.Any(ToleratesMemoryPressure)))
        {
            return null;
        }

        string?[] conditions = [pressure.Memory ? "MemoryPressure" : null, pressure.Disk ? "DiskPressure" : null, pressure.Processes ? "PIDPressure" : null];
        return (PodEnding.EvictedReason, $"The node had condition: [{string.Join(' ', conditions.OfType<string>())}]. ");
    }

    /// <summary>Looks until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(options.Period, time);
        do
        {
            try
            {
                await CheckAsync(cancellationToken);
            }
            catch (Exception exception) when (exception is GrpcException or IOException or CommandException)
            {
                Log.CannotLook(logger, exception.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken));
    }

    /// <summary>Looks once, and evicts a pod if one has to go.</summary>
    public async Task CheckAsync(CancellationToken cancellationToken)
    {
        var observations = node.Observe();
        var met = Note(observations);
        if (IsCleaningUp() || await EvictByLimitAsync(cancellationToken))
        {
            return;
        }

        // Memory first: without it the node itself ends.
        var threshold = met.OrderByDescending(static each => each.Signal == EvictionSignal.Memory).FirstOrDefault();
        if (threshold is null)
        {
            return;
        }

        node.TellReclaiming(threshold.Signal.Resource);
        var usages = await node.MeasureAsync(node.Pods(), withDisk: threshold.Signal.Resource is "ephemeral-storage" or "inodes", cancellationToken);
        if (EvictionRanking.Rank(threshold.Signal, usages) is not [var first, ..])
        {
            Log.NobodyToEvict(logger, threshold.Signal.Name);
            return;
        }

        var observation = observations.First(each => each.Signal == threshold.Signal);
        Evict(first.Pod, EvictionReason.Of(threshold, observation, first), GracePeriod(threshold, first.Pod));
    }

    /// <summary>Thresholds that are met, and have been for long enough.</summary>
    private List<EvictionThreshold> Note(IReadOnlyList<NodeObservation> observations)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            var due = new List<EvictionThreshold>();
            foreach (var threshold in options.Thresholds)
            {
                if (!observations.Any(observation => observation.Signal == threshold.Signal && threshold.IsMet(observation)))
                {
                    _metSince.Remove(threshold);
                    continue;
                }

                _lastMet[threshold.Signal] = now;
                _metSince.TryAdd(threshold, now);
                if (now - _metSince[threshold] >= threshold.GracePeriod)
                {
                    due.Add(threshold);
                }
            }

            return due;
        }
    }

    private bool IsCleaningUp()
    {
        if (_evicted is { } evicted && !node.HasEnded(evicted.PodUid) && time.GetUtcNow() - evicted.At < CleanupTime)
        {
            return true;
        }

        _evicted = null;
        return false;
    }

    private async Task<bool> EvictByLimitAsync(CancellationToken cancellationToken)
    {
        var limited = node.Pods().Where(HasLimits).ToList();
        if (limited.Count == 0)
        {
            return false;
        }

        var hasEvicted = false;
        foreach (var usage in await node.MeasureAsync(limited, withDisk: true, cancellationToken))
        {
            if (EvictionReason.OfLimits(usage) is { } reason && !EvictionRanking.IsCritical(usage.Pod))
            {
                Evict(usage.Pod, reason, ImmediateGracePeriod);
                hasEvicted = true;
            }
        }

        return hasEvicted;
    }

    private void Evict(Pod pod, EvictionReason reason, TimeSpan gracePeriod)
    {
        Log.Evicting(logger, pod.Metadata.Namespace, pod.Metadata.Name, reason.Message);
        node.Evict(pod, reason, gracePeriod);
        _evicted = (pod.Metadata.Uid, time.GetUtcNow());
    }

    private TimeSpan GracePeriod(EvictionThreshold threshold, Pod pod)
    {
        if (threshold.GracePeriod == TimeSpan.Zero)
        {
            return ImmediateGracePeriod;
        }

        var own = TimeSpan.FromSeconds(pod.Spec.TerminationGracePeriodSeconds ?? 30);
        return own < options.MaxPodGracePeriod ? own : options.MaxPodGracePeriod;
    }

    private static bool HasLimits(Pod pod) =>
        pod.Spec.Volumes.Any(static volume => volume.EmptyDir is { Medium: "", SizeLimit.Sign: > 0 })
        || pod.Spec.Containers.Any(static container => container.Resources.Limits.GetValueOrDefault("ephemeral-storage").Sign > 0);

    private static bool ToleratesMemoryPressure(Toleration toleration) => toleration.Effect is "" or "NoSchedule" && toleration.Operator switch
    {
        "Exists" => toleration.Key is "" or MemoryPressureTaint,
        _ => toleration is { Key: MemoryPressureTaint, Value: "" },
    };

    private static partial class Log
    {
        [LoggerMessage(LogLevel.Warning, "evicting pod {Namespace}/{Name}: {Message}")]
        public static partial void Evicting(ILogger logger, string @namespace, string name, string message);

        [LoggerMessage(LogLevel.Warning, "the node is short of {Signal}, and there is no pod to evict")]
        public static partial void NobodyToEvict(ILogger logger, string signal);

        [LoggerMessage(LogLevel.Warning, "cannot see what pods use, will try again: {Message}")]
        public static partial void CannotLook(ILogger logger, string message);
    }
}
