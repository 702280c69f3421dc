using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial record ContainerStatus
{
    /// <summary>Name of the container.</summary>
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    /// <summary>What it is doing.</summary>
    [Field(2, Always = true)]
    public ContainerState State { get; init; } = ContainerState.Empty;

    /// <summary>How its run before this one ended.</summary>
    [Field(3, Always = true)]
    public ContainerState LastState { get; init; } = ContainerState.Empty;

    /// <summary>It passes its readiness probe, and has started.</summary>
    [Field(4, Required = true, Always = true)]
    public bool Ready { get; init; }

    /// <summary>How often it has been restarted.</summary>
    [Field(5, Required = true, Always = true)]
    public int RestartCount { get; init; }

    /// <summary>Image that it runs.</summary>
    [Field(6, Required = true, Always = true)]
    public string Image { get; init; } = "";

    /// <summary>Identity of that image at the runtime.</summary>
    [Field(7, Required = true, Always = true)]
    public string ImageID { get; init; } = "";

    /// <summary>Identity at the runtime, as RUNTIME://ID.</summary>
    [Field(8)]
    public string ContainerID { get; init; } = "";

    /// <summary>It runs and has passed its startup probe.</summary>
    [Field(9)]
    public bool? Started { get; init; }

    /// <summary>Resources that the node has set aside for it.</summary>
    [Field(10)]
    public ApiMap<Quantity> AllocatedResources { get; init; }

    /// <summary>Resources with which it runs.</summary>
    [Field(11)]
    public ResourceRequirements? Resources { get; init; }

    /// <summary>How its volumes are mounted.</summary>
    [Field(12, ListType = "map", MapKeys = "mountPath", PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public ApiList<VolumeMountStatus> VolumeMounts { get; init; }

    /// <summary>User of its first process.</summary>
    [Field(13)]
    public ContainerUser? User { get; init; }

    /// <summary>Health of the devices it has.</summary>
    [Field(14, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<ResourceStatus> AllocatedResourcesStatus { get; init; }

    /// <summary>Signal that is sent to end it.</summary>
    [Field(15, Enum = ["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"])]
    public string? StopSignal { get; init; }

    internal ContainerStatus WithDefaults() => this with
    {
        AllocatedResources = AllocatedResources.WithDefaults(),
        Resources = Resources?.WithDefaults(),
    };
}
