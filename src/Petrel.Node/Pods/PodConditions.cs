using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>The conditions a node reports about a pod, in kubelet's words.</summary>
public static class PodConditions
{
    /// <param name="status">With its phase and the statuses of its containers; its conditions are those reported so far.</param>
    /// <param name="hasSandbox">The sandbox runs and has a network.</param>
    public static ApiList<PodCondition> Of(PodSpec spec, PodStatus status, bool hasSandbox, DateTimeOffset now)
    {
        var containersReady = ContainersReady(spec, status);
        PodCondition[] own =
        [
            new() { Type = "PodReadyToStartContainers", Status = hasSandbox ? "True" : "False" },
            Initialized(spec, status),
            Ready(spec, status.Conditions, containersReady),
            containersReady,
            new() { Type = "PodScheduled", Status = "True" },
        ];
        var types = own.Select(static condition => condition.Type).ToHashSet();
        return own.Select(condition => WithTransition(condition, status.Conditions, now))
            .Concat(status.Conditions.Where(condition => !types.Contains(condition.Type)))
            .ToApiList();
    }

    private static PodCondition Initialized(PodSpec spec, PodStatus status)
    {
        const string Type = "Initialized";
        var begun = status.ContainerStatuses.Any(static each => each.State.Running is not null || each.State.Terminated is not null || each.LastState.Terminated is not null);
        if (begun || status.Phase == "Succeeded")
        {
            return new() { Type = Type, Status = "True", Reason = status.Phase == "Succeeded" ? "PodCompleted" : "" };
        }

        var (unknown, incomplete) = Sort(
            spec.InitContainers,
            status.InitContainerStatuses,
            static (container, each) => container.IsSidecar ? each.Started == true : each.State.Terminated is { ExitCode: 0 });
        return Judge(Type, "ContainersNotInitialized", unknown, "containers with incomplete status", incomplete);
    }

    private static PodCondition ContainersReady(PodSpec spec, PodStatus status)
    {
        const string Type = "ContainersReady";
        switch (status.Phase)
        {
            case "Succeeded":
                return new() { Type = Type, Status = "False", Reason = "PodCompleted" };
            case "Failed":
                return new() { Type = Type, Status = "False", Reason = "PodFailed" };
            default:
                var (unknown, unready) = Sort(spec.Containers, status.ContainerStatuses, static (_, each) => each.Ready);
                var (unknownSidecars, unreadySidecars) = Sort(spec.InitContainers.Where(static each => each.IsSidecar), status.InitContainerStatuses, static (_, each) => each.Ready);
                return Judge(Type, "ContainersNotReady", [.. unknownSidecars, .. unknown], "containers with unready status", [.. unreadySidecars, .. unready]);
        }
    }

    private static PodCondition Ready(PodSpec spec, ApiList<PodCondition> present, PodCondition containersReady)
    {
        if (containersReady.Status != "True")
        {
            return containersReady with { Type = "Ready" };
        }

        var problems = new List<string>();
        foreach (var type in spec.ReadinessGates.Select(static gate => gate.ConditionType))
        {
            var condition = present.FirstOrDefault(each => each.Type == type);
            if (condition is null)
            {
                problems.Add($"corresponding condition of pod readiness gate \"{type}\" does not exist.");
            }
            else if (condition.Status != "True")
            {
                problems.Add($"the status of pod readiness gate \"{type}\" is not \"True\", but {condition.Status}");
            }
        }

        return problems.Count == 0
            ? new() { Type = "Ready", Status = "True" }
            : new() { Type = "Ready", Status = "False", Reason = "ReadinessGatesNotReady", Message = string.Join(", ", problems) };
    }

    private static (List<string> Unknown, List<string> Short) Sort(
        IEnumerable<Container> containers, ApiList<ContainerStatus> statuses, Func<Container, ContainerStatus, bool> isEnough)
    {
        var (unknown, falling) = (new List<string>(), new List<string>());
        foreach (var container in containers)
        {
            var status = statuses.FirstOrDefault(each => each.Name == container.Name);
            if (status is null)
            {
                unknown.Add(container.Name);
            }
            else if (!isEnough(container, status))
            {
                falling.Add(container.Name);
            }
        }

        return (unknown, falling);
    }

    private static PodCondition Judge(string type, string reason, List<string> unknown, string what, List<string> falling)
    {
        var problems = new List<string>();
        if (unknown.Count > 0)
        {
            problems.Add($"containers with unknown status: [{string.Join(' ', unknown)}]");
        }

        if (falling.Count > 0)
        {
            problems.Add($"{what}: [{string.Join(' ', falling)}]");
        }

        return problems.Count == 0
            ? new() { Type = type, Status = "True" }
            : new() { Type = type, Status = "False", Reason = reason, Message = string.Join(", ", problems) };
    }

    private static PodCondition WithTransition(PodCondition condition, ApiList<PodCondition> present, DateTimeOffset now)
    {
        var old = present.FirstOrDefault(each => each.Type == condition.Type);
        return condition with { LastTransitionTime = old?.Status == condition.Status ? old.LastTransitionTime : now };
    }
}
