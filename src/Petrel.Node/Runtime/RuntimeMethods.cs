using Petrel.Grpc;
using Petrel.Grpc.Cri;

namespace Petrel.Node.Runtime;

/// <summary>The methods of the container runtime interface's service for pods and containers (CRI v1, RuntimeService).</summary>
internal static class RuntimeMethods
{
    private const string Service = "runtime.v1.RuntimeService";

    public static readonly GrpcMethod<VersionRequest, VersionResponse> Version = new(Service, "Version");
    public static readonly GrpcMethod<StatusRequest, StatusResponse> Status = new(Service, "Status");
    public static readonly GrpcMethod<RuntimeConfigRequest, RuntimeConfigResponse> RuntimeConfig = new(Service, "RuntimeConfig");
    public static readonly GrpcMethod<UpdateRuntimeConfigRequest, UpdateRuntimeConfigResponse> UpdateRuntimeConfig = new(Service, "UpdateRuntimeConfig");

    public static readonly GrpcMethod<RunPodSandboxRequest, RunPodSandboxResponse> RunPodSandbox = new(Service, "RunPodSandbox");
    public static readonly GrpcMethod<StopPodSandboxRequest, StopPodSandboxResponse> StopPodSandbox = new(Service, "StopPodSandbox");
    public static readonly GrpcMethod<RemovePodSandboxRequest, RemovePodSandboxResponse> RemovePodSandbox = new(Service, "RemovePodSandbox");
    public static readonly GrpcMethod<PodSandboxStatusRequest, PodSandboxStatusResponse> PodSandboxStatus = new(Service, "PodSandboxStatus");
    public static readonly GrpcMethod<ListPodSandboxRequest, ListPodSandboxResponse> ListPodSandbox = new(Service, "ListPodSandbox");
    public static readonly GrpcMethod<UpdatePodSandboxResourcesRequest, UpdatePodSandboxResourcesResponse> UpdatePodSandboxResources = new(Service, "UpdatePodSandboxResources");

    public static readonly GrpcMethod<CreateContainerRequest, CreateContainerResponse> CreateContainer = new(Service, "CreateContainer");
    public static readonly GrpcMethod<StartContainerRequest, StartContainerResponse> StartContainer = new(Service, "StartContainer");
    public static readonly GrpcMethod<StopContainerRequest, StopContainerResponse> StopContainer = new(Service, "StopContainer");
    public static readonly GrpcMethod<RemoveContainerRequest, RemoveContainerResponse> RemoveContainer = new(Service, "RemoveContainer");
    public static readonly GrpcMethod<ListContainersRequest, ListContainersResponse> ListContainers = new(Service, "ListContainers");
    public static readonly GrpcMethod<ContainerStatusRequest, ContainerStatusResponse> ContainerStatus = new(Service, "ContainerStatus");
    public static readonly GrpcMethod<UpdateContainerResourcesRequest, UpdateContainerResourcesResponse> UpdateContainerResources = new(Service, "UpdateContainerResources");
    public static readonly GrpcMethod<ReopenContainerLogRequest, ReopenContainerLogResponse> ReopenContainerLog = new(Service, "ReopenContainerLog");
    public static readonly GrpcMethod<CheckpointContainerRequest, CheckpointContainerResponse> CheckpointContainer = new(Service, "CheckpointContainer");
    public static readonly GrpcMethod<GetEventsRequest, ContainerEventResponse> GetContainerEvents = new(Service, "GetContainerEvents");

    public static readonly GrpcMethod<ExecSyncRequest, ExecSyncResponse> ExecSync = new(Service, "ExecSync");
    public static readonly GrpcMethod<ExecRequest, ExecResponse> Exec = new(Service, "Exec");
    public static readonly GrpcMethod<AttachRequest, AttachResponse> Attach = new(Service, "Attach");
    public static readonly GrpcMethod<PortForwardRequest, PortForwardResponse> PortForward = new(Service, "PortForward");

    public static readonly GrpcMethod<ContainerStatsRequest, ContainerStatsResponse> ContainerStats = new(Service, "ContainerStats");
    public static readonly GrpcMethod<ListContainerStatsRequest, ListContainerStatsResponse> ListContainerStats = new(Service, "ListContainerStats");
    public static readonly GrpcMethod<PodSandboxStatsRequest, PodSandboxStatsResponse> PodSandboxStats = new(Service, "PodSandboxStats");
    public static readonly GrpcMethod<ListPodSandboxStatsRequest, ListPodSandboxStatsResponse> ListPodSandboxStats = new(Service, "ListPodSandboxStats");
}
