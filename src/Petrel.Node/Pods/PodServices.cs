using Microsoft.Extensions.Logging;
using Petrel.Client.Api;
using Petrel.Node.Agent;
using Petrel.Node.Containers;
using Petrel.Node.Hooks;
using Petrel.Node.Images;
using Petrel.Node.Objects;
using Petrel.Node.Probes;
using Petrel.Node.Runtime;
using Petrel.Node.Volumes;

namespace Petrel.Node.Pods;

/// <summary>What the workers of all pods share.</summary>
internal sealed record PodServices
{
    public required NodeOptions Options { get; init; }

    public required IApi Api { get; init; }

    public required ContainerRuntime Runtime { get; init; }

    /// <summary>The runtime's name, which container ids begin with.</summary>
    public required string RuntimeName { get; init; }

    public required NodeObjects Objects { get; init; }

    public required VolumeManager Volumes { get; init; }

    public required ProbeManager Probes { get; init; }

    public required LifecycleHooks Hooks { get; init; }

    public required ImagePuller Images { get; init; }

    public required ContainerStart ContainerStart { get; init; }

    public required PodSandboxes Sandboxes { get; init; }

    public required PodCgroups Cgroups { get; init; }

    public required PodRemoval Removal { get; init; }

    public required PodStatusWriter StatusWriter { get; init; }

    public required PodEvents Events { get; init; }

    /// <summary>Tells of changes in the runtime, and is told what workers see there.</summary>
    public required PodChangeSource Changes { get; init; }

    public required TimeProvider Time { get; init; }

    public required ILogger<PodWorker> Logger { get; init; }
}
