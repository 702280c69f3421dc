using Petrel.Api.Core;

namespace Petrel.Node.Pods;

/// <summary>One of a pod's containers and its role.</summary>
/// <param name="TargetName">Of an ephemeral container: the container whose processes it sees; else empty.</param>
internal sealed record PodContainer(Container Container, ContainerRole Role, string TargetName = "")
{
    public string Name => Container.Name;

    /// <summary>As events name the container they are about.</summary>
    public string FieldPath => Role switch
    {
        ContainerRole.Main => $"spec.containers{{{Name}}}",
        ContainerRole.Ephemeral => $"spec.ephemeralContainers{{{Name}}}",
        _ => $"spec.initContainers{{{Name}}}",
    };

    /// <summary>All of them, in the order in which they start.</summary>
    public static IReadOnlyList<PodContainer> Of(PodSpec spec) =>
    [
        .. Initial(spec),
        .. Main(spec),
        .. Ephemeral(spec),
    ];

    public static IEnumerable<PodContainer> Initial(PodSpec spec) =>
        spec.InitContainers.Select(static each => new PodContainer(each, each.IsSidecar ? ContainerRole.Sidecar : ContainerRole.Init));

    public static IEnumerable<PodContainer> Main(PodSpec spec) => spec.Containers.Select(static each => new PodContainer(each, ContainerRole.Main));

    public static IEnumerable<PodContainer> Ephemeral(PodSpec spec) =>
        spec.EphemeralContainers.Select(static each => new PodContainer(each.ToContainer(), ContainerRole.Ephemeral, each.TargetContainerName));
}
