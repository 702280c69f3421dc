using Petrel.Node.Containers;

namespace Petrel.Node.Pods;

/// <summary>What the agent is doing with a container and how that went: the part of a pod's state that only the agent has, and that it can lose.</summary>
internal sealed class ContainerSlot
{
    public Operation? Starting { get; set; }

    public Operation? Stopping { get; set; }

    /// <summary>The stop under way, whose time may become shorter.</summary>
    public ContainerStop? Stop { get; set; }

    /// <summary>Why the container does not run, when the agent knows.</summary>
    public WaitingReason? Waiting { get; set; }

    /// <summary>Not to be started before.</summary>
    public DateTimeOffset? RetryAt { get; set; }

    /// <summary>The ended instance whose restart was counted.</summary>
    public string? CountedEnd { get; set; }

    /// <summary>The ended instance about whose wait an event told.</summary>
    public string? ToldEnd { get; set; }

    public bool IsBusy => Starting is not null || Stopping is not null;
}
