using Petrel.Api.Schema;

namespace Petrel.Api.Core;

[ApiType("io.k8s.api.core.v1.ContainerStatus")]
public sealed partial record ContainerStatus
{
    [Field(1, Required = true, Always = true)]
    public string Name { get; init; } = "";

    [Field(2, Always = true)]
    public ContainerState State { get; init; } = ContainerState.Empty;

    [Field(3, Always = true)]
    public ContainerState LastState { get; init; } = ContainerState.Empty;

    [Field(4, Required = true, Always = true)]
    public bool Ready { get; init; }

    [Field(5, Required = true, Always = true)]
    public int RestartCount { get; init; }

    [Field(6, Required = true, Always = true)]
    public string Image { get; init; } = "";

    [Field(7, Required = true, Always = true)]
    public string ImageID { get; init; } = "";

    [Field(8)]
    public string ContainerID { get; init; } = "";

    [Field(9)]
    public bool? Started { get; init; }

    [Field(10)]
    public ApiMap<Quantity> AllocatedResources { get; init; }

    [Field(11)]
    public ResourceRequirements? Resources { get; init; }

    [Field(12, ListType = "map", MapKeys = "mountPath", PatchStrategy = "merge", PatchMergeKey = "mountPath")]
    public ApiList<VolumeMountStatus> VolumeMounts { get; init; }

    [Field(13)]
    public ContainerUser? User { get; init; }

    [Field(14, ListType = "map", MapKeys = "name", PatchStrategy = "merge", PatchMergeKey = "name")]
    public ApiList<ResourceStatus> AllocatedResourcesStatus { get; init; }

    [Field(15, Enum = ["SIGABRT", "SIGALRM", "SIGBUS", "SIGCHLD", "SIGCLD", "SIGCONT", "SIGFPE", "SIGHUP", "SIGILL", "SIGINT", "SIGIO", "SIGIOT", "SIGKILL", "SIGPIPE", "SIGPOLL", "SIGPROF", "SIGPWR", "SIGQUIT", "SIGRTMAX", "SIGRTMAX-1", "SIGRTMAX-10", "SIGRTMAX-11", "SIGRTMAX-12", "SIGRTMAX-13", "SIGRTMAX-14", "SIGRTMAX-2", "SIGRTMAX-3", "SIGRTMAX-4", "SIGRTMAX-5", "SIGRTMAX-6", "SIGRTMAX-7", "SIGRTMAX-8", "SIGRTMAX-9", "SIGRTMIN", "SIGRTMIN+1", "SIGRTMIN+10", "SIGRTMIN+11", "SIGRTMIN+12", "SIGRTMIN+13", "SIGRTMIN+14", "SIGRTMIN+15", "SIGRTMIN+2", "SIGRTMIN+3", "SIGRTMIN+4", "SIGRTMIN+5", "SIGRTMIN+6", "SIGRTMIN+7", "SIGRTMIN+8", "SIGRTMIN+9", "SIGSEGV", "SIGSTKFLT", "SIGSTOP", "SIGSYS", "SIGTERM", "SIGTRAP", "SIGTSTP", "SIGTTIN", "SIGTTOU", "SIGURG", "SIGUSR1", "SIGUSR2", "SIGVTALRM", "SIGWINCH", "SIGXCPU", "SIGXFSZ"])]
    public string? StopSignal { get; init; }

    internal ContainerStatus WithDefaults() => this with
    {
        AllocatedResources = AllocatedResources.WithDefaults(),
        Resources = Resources?.WithDefaults(),
    };
}
