using Petrel.Api.Core;
using Petrel.Api.Meta;

namespace Petrel.ApiServer.Admission.PodSecurity;

/// <summary>A pod, or a template of one, as the controls look at it.</summary>
internal sealed class CheckedPod(ObjectMeta metadata, PodSpec spec)
{
    public ObjectMeta Metadata { get; } = metadata;

    public PodSpec Spec { get; } = spec;

    public PodSecurityContext? Security => Spec.SecurityContext;

    public bool IsWindows => Spec.Os?.Name == "windows";

    /// <summary>All containers: of the start, of the work and for looking into it.</summary>
    public IReadOnlyList<CheckedContainer> Containers { get; } =
    [
        .. spec.InitContainers.Select(static container => new CheckedContainer(container.Name, container.SecurityContext, container.Ports)),
        .. spec.Containers.Select(static container => new CheckedContainer(container.Name, container.SecurityContext, container.Ports)),
        .. spec.EphemeralContainers.Select(static container => new CheckedContainer(container.Name, container.SecurityContext, container.Ports)),
    ];

    /// <summary>The names of containers that something is true of.</summary>
    public List<string> Where(Func<CheckedContainer, bool> condition) => [.. Containers.Where(condition).Select(static container => container.Name)];
}

/// <summary>What matters of a container, whatever its type.</summary>
internal sealed record CheckedContainer(string Name, SecurityContext? Security, Api.ApiList<ContainerPort> Ports);
