using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Pods;

/// <summary>One instance of a container: what a restart makes anew.</summary>
internal sealed record RuntimeContainer(string SandboxId, Cri.ContainerStatus Status)
{
    public string Id => Status.Id;

    public string Name => Status.Labels.GetValueOrDefault(RuntimeLabels.ContainerName) ?? Status.Metadata.Name;

    /// <summary>How many instances there were before it.</summary>
    public uint Attempt => Status.Metadata.Attempt;

    /// <summary>It may have a process. One whose state the runtime has lost counts, so that it is stopped before another is started.</summary>
    public bool IsRunning => Status.State is Cri.ContainerState.ContainerRunning or Cri.ContainerState.ContainerUnknown;

    public bool HasEnded => Status.State == Cri.ContainerState.ContainerExited;

    /// <summary>It was never started: its maker was ended between making and starting it.</summary>
    public bool IsOnlyCreated => Status.State == Cri.ContainerState.ContainerCreated;

    public DateTimeOffset FinishedAt => RuntimeTime.From(Status.FinishedAt) ?? DateTimeOffset.UnixEpoch;
}
