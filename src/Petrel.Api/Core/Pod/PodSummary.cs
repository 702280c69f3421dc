namespace Petrel.Api.Core;

/// <summary>What a person wants to know about a pod: which of its containers are ready, and why the rest are not.</summary>
internal sealed class PodSummary
{
    private readonly Pod _pod;

    public PodSummary(Pod pod)
    {
        _pod = pod;
        TotalContainers = pod.Spec.Containers.Count + pod.Spec.InitContainers.Count(static container => container.IsSidecar);
        Reason = pod.Status.Reason.Length != 0 ? pod.Status.Reason : pod.Status.Phase;
        if (pod.Status.Conditions.Any(static condition => condition is { Type: "PodScheduled", Reason: "SchedulingGated" }))
        {
            Reason = "SchedulingGated";
        }

        var sidecars = (Restarts: 0, LastRestart: (DateTimeOffset?)null);
        var isInitializing = SummarizeInit(ref sidecars);
        if (!isInitializing || HasCondition("Initialized"))
        {
            (Restarts, LastRestart) = sidecars;
            SummarizeMain();
        }

        if (pod.Metadata.DeletionTimestamp is not null)
        {
            Reason = pod.Status.Reason == "NodeLost" ? "Unknown" : pod.Status.Phase is "Failed" or "Succeeded" ? Reason : "Terminating";
        }
    }

    public int TotalContainers { get; }

    public int ReadyContainers { get; private set; }

    /// <summary>One word: the phase, or what keeps a container from running.</summary>
    public string Reason { get; private set; }

    public int Restarts { get; private set; }

    public DateTimeOffset? LastRestart { get; private set; }

    // Goes through the init containers up to the first that has not finished; says whether there is one.
    private bool SummarizeInit(ref (int Restarts, DateTimeOffset? LastRestart) sidecars)
    {
        var spec = _pod.Spec;
        for (var i = 0; i < _pod.Status.InitContainerStatuses.Count; i++)
        {
            var status = _pod.Status.InitContainerStatuses[i];
            var isSidecar = spec.InitContainers.Any(container => container.Name == status.Name && container.IsSidecar);
            Count(status);
            if (isSidecar)
            {
                sidecars = (sidecars.Restarts + status.RestartCount, Later(sidecars.LastRestart, status.LastState.Terminated?.FinishedAt));
            }

            if (status.State.Terminated is { ExitCode: 0 })
            {
                continue;
            }

            if (isSidecar && status.Started == true)
            {
                ReadyContainers += status.Ready ? 1 : 0;
                continue;
            }

            Reason = "Init:" + (status.State switch
            {
                { Terminated: { } terminated } => EndOf(terminated),
                { Waiting.Reason: { Length: > 0 } reason and not "PodInitializing" } => reason,
                _ => $"{i}/{spec.InitContainers.Count}",
            });
            return true;
        }

        return false;
    }

    // The first container with something to say decides, so the last one is asked first.
    private void SummarizeMain()
    {
        var hasRunning = false;
        foreach (var status in _pod.Status.ContainerStatuses.Reverse())
        {
            Count(status);
            if (status.State.Waiting is { Reason.Length: > 0 } waiting)
            {
                Reason = waiting.Reason;
            }
            else if (status.State.Terminated is { } terminated)
            {
                Reason = EndOf(terminated);
            }
            else if (status.Ready && status.State.Running is not null)
            {
                hasRunning = true;
                ReadyContainers++;
            }
        }

        if (Reason == "Completed" && hasRunning)
        {
            Reason = HasCondition("Ready") ? "Running" : "NotReady";
        }
    }

    private void Count(ContainerStatus status)
    {
        Restarts += status.RestartCount;
        LastRestart = Later(LastRestart, status.LastState.Terminated?.FinishedAt);
    }

    private bool HasCondition(string type) => _pod.Status.Conditions.Any(condition => condition.Type == type && condition.Status == "True");

    private static string EndOf(ContainerStateTerminated terminated) => terminated switch
    {
        { Reason.Length: > 0 } => terminated.Reason,
        { Signal: not 0 } => $"Signal:{terminated.Signal}",
        _ => $"ExitCode:{terminated.ExitCode}",
    };

    private static DateTimeOffset? Later(DateTimeOffset? one, DateTimeOffset? other) => one is null || other > one ? other ?? one : one;
}
