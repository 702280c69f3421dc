using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>
/// What is to be done for a pod to become what it should be: the difference between its spec and what the runtime holds.
/// Nothing else goes in, so it is right after any crash of the agent or the runtime.
/// </summary>
/// <param name="Starts">Containers to start now, in order. Those that failed before may have to wait first.</param>
/// <param name="Stops">Containers to stop now.</param>
/// <param name="IsOver">Nothing of the pod runs, and nothing will be started again.</param>
internal sealed record PodPlan(IReadOnlyList<PodContainer> Starts, IReadOnlyList<PlannedStop> Stops, bool IsOver)
{
    /// <param name="isEnding">The pod as a whole must end, whatever its containers do.</param>
    public static PodPlan Of(PodSpec spec, RuntimePod seen, bool isEnding, IContainerHealth health)
    {
        if (isEnding || HasEnded(spec, seen))
        {
            return End(spec, seen);
        }

        return seen.ReadySandbox is { } sandbox ? Continue(spec, seen, sandbox.Id, health) : StartAnew(spec, seen);
    }

    /// <summary>Whether a container that ended is started again (API field restartPolicy).</summary>
    public static bool MayRestart(PodSpec spec, ContainerRole role, RuntimeContainer ended) => role switch
    {
        ContainerRole.Sidecar => true,
        ContainerRole.Ephemeral => false,
        // An init container has done its work when it succeeded, whatever the policy.
        ContainerRole.Init => spec.RestartPolicy != "Never" && ended.Status.ExitCode != 0,
        _ => spec.RestartPolicy switch { "Always" => true, "OnFailure" => ended.Status.ExitCode != 0, _ => false },
    };

    private static bool HasEnded(PodSpec spec, RuntimePod seen)
    {
        if (spec.RestartPolicy == "Never")
        {
            var initFailed = PodContainer.Initial(spec)
                .Any(each => each.Role == ContainerRole.Init && seen.Newest(each.Name) is { HasEnded: true, Status.ExitCode: not 0 });
            // What has begun in a sandbox that is lost is not begun again.
            var isLost = seen.ReadySandbox is null && seen.Containers.Any(static each => !each.IsOnlyCreated);
            if (initFailed || isLost)
            {
                return true;
            }
        }

        return spec.Containers.All(container => seen.Newest(container.Name) is { HasEnded: true } ended && !MayRestart(spec, ContainerRole.Main, ended));
    }

    /// <summary>All containers end together, then the sidecars one by one, the last of them first.</summary>
    private static PodPlan End(PodSpec spec, RuntimePod seen)
    {
        string[] sidecars = [.. spec.InitContainers.Where(static each => each.IsSidecar).Select(static each => each.Name)];
        PlannedStop[] stops =
        [
            .. seen.Containers.Where(static each => each.IsRunning).Select(each =>
                new PlannedStop(each, null, null, Array.IndexOf(sidecars, each.Name) is >= 0 and var index ? sidecars.Length - index : 0)),
        ];
        return new PodPlan([], stops, IsOver: stops.Length == 0);
    }

    /// <summary>There is no sandbox yet, or it is lost: what still runs in an old one ends, then everything begins from the start.</summary>
    private static PodPlan StartAnew(PodSpec spec, RuntimePod seen)
    {
        var running = seen.Containers.Where(static each => each.IsRunning).ToList();
        if (running.Count > 0)
        {
            return new PodPlan([], [.. running.Select(static each => new PlannedStop(each, null, null, 0))], IsOver: false);
        }

        var first = PodContainer.Initial(spec).Take(1).ToList();
        return new PodPlan(first.Count > 0 ? first : [.. PodContainer.Main(spec).Where(each => IsToBeStarted(spec, each, seen.Newest(each.Name)))], [], IsOver: false);
    }

    private static PodPlan Continue(PodSpec spec, RuntimePod seen, string sandboxId, IContainerHealth health)
    {
        var (starts, stops) = (new List<PodContainer>(), new List<PlannedStop>());
        if (Initialize(spec, seen, sandboxId, health, starts, stops))
        {
            foreach (var container in PodContainer.Main(spec))
            {
                var newest = seen.Newest(container.Name);
                if (newest is { IsRunning: true })
                {
                    StopIfSick(container, newest, spec.RestartPolicy != "Never", health, stops);
                }
                else if (IsToBeStarted(spec, container, newest))
                {
                    starts.Add(container);
                }
            }
        }

        starts.AddRange(PodContainer.Ephemeral(spec).Where(each => seen.Newest(each.Name) is null or { IsOnlyCreated: true }));
        return new PodPlan(starts, stops, IsOver: false);
    }

    /// <summary>Goes through the init containers, in order, up to the first that is not done; true when all are.</summary>
    private static bool Initialize(
        PodSpec spec, RuntimePod seen, string sandboxId, IContainerHealth health, List<PodContainer> starts, List<PlannedStop> stops)
    {
        var initial = PodContainer.Initial(spec).ToList();
        var isInitialized = spec.Containers.Any(each => seen.Newest(each.Name, sandboxId) is not null);
        // One that is not there although a later one is has been removed after it was done.
        var latest = initial.FindLastIndex(each => seen.Newest(each.Name, sandboxId) is not null);
        for (var i = 0; i < initial.Count; i++)
        {
            var container = initial[i];
            var newest = seen.Newest(container.Name, sandboxId);
            var isDone = container.Role == ContainerRole.Sidecar
                ? KeepRunning(container, newest, health, starts, stops)
                : isInitialized || (newest is null ? i < latest : newest is { HasEnded: true, Status.ExitCode: 0 });
            if (isDone || isInitialized)
            {
                continue;
            }

            if (container.Role == ContainerRole.Init && newest is not { IsRunning: true })
            {
                starts.Add(container);
            }

            return false;
        }

        return true;
    }

    /// <summary>True when the sidecar runs and has started.</summary>
    private static bool KeepRunning(PodContainer sidecar, RuntimeContainer? newest, IContainerHealth health, List<PodContainer> starts, List<PlannedStop> stops)
    {
        if (newest is not { IsRunning: true })
        {
            starts.Add(sidecar);
            return false;
        }

        StopIfSick(sidecar, newest, mayRestart: true, health, stops);
        return health.HasStarted(sidecar.Container, newest.Id);
    }

    private static bool IsToBeStarted(PodSpec spec, PodContainer container, RuntimeContainer? newest) =>
        newest is null or { IsOnlyCreated: true } || (newest.HasEnded && MayRestart(spec, container.Role, newest));

    private static void StopIfSick(PodContainer container, RuntimeContainer newest, bool mayRestart, IContainerHealth health, List<PlannedStop> stops)
    {
        if (newest.Status.State == Grpc.Cri.ContainerState.ContainerUnknown)
        {
            stops.Add(new PlannedStop(newest, $"Container {container.Name} is in unknown state, try killing it before restart", null, 0));
        }
        else if (mayRestart && ContainerAnnotations.IsOfAnotherDefinition(newest, container.Container))
        {
            stops.Add(new PlannedStop(newest, $"Container {container.Name} definition changed, will be restarted", null, 0));
        }
        else if (health.ReasonToRestart(container.Container, newest.Id) is { } sick)
        {
            stops.Add(new PlannedStop(newest, sick.Message, sick.Probe, 0));
        }
    }
}
