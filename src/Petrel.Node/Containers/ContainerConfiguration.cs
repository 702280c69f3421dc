using System.Globalization;
using Petrel.Api.Core;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Containers;

/// <summary>What the runtime is told about a container.</summary>
internal static class ContainerConfiguration
{
    /// <param name="attempt">How many instances there were before.</param>
    /// <param name="targetId">Of an ephemeral container: the instance whose processes it sees; null for none.</param>
    /// <param name="nodeMemory">Bytes.</param>
    public static Cri.ContainerConfig Of(
        Pod pod,
        PodContainer of,
        uint attempt,
        Cri.Image image,
        IReadOnlyDictionary<string, string> variables,
        IEnumerable<Cri.Mount> mounts,
        string? targetId,
        long nodeMemory)
    {
        var container = of.Container;
        var configuration = new Cri.ContainerConfig
        {
            Metadata = new() { Name = container.Name, Attempt = attempt },
            Image = new() { Image = image.Id, UserSpecifiedImage = container.Image },
            Command = { container.Command.Select(text => VariableExpansion.Expand(text, variables)) },
            Args = { container.Args.Select(text => VariableExpansion.Expand(text, variables)) },
            WorkingDir = container.WorkingDir,
            Envs = { variables.OrderBy(static each => each.Key, StringComparer.Ordinal).Select(static each => new Cri.KeyValue { Key = each.Key, Value = each.Value }) },
            Mounts = { mounts },
            LogPath = LogPath(container.Name, attempt),
            Stdin = container.Stdin,
            StdinOnce = container.StdinOnce,
            Tty = container.Tty,
            Linux = new()
            {
                Resources = ContainerLimits.Of(container, pod.Status.QosClass, nodeMemory),
                SecurityContext = SecuritySettings.OfContainer(pod, container, image),
            },
        };
        configuration.Labels[RuntimeLabels.PodName] = pod.Metadata.Name;
        configuration.Labels[RuntimeLabels.PodNamespace] = pod.Metadata.Namespace;
        configuration.Labels[RuntimeLabels.PodUid] = pod.Metadata.Uid;
        configuration.Labels[RuntimeLabels.ContainerName] = container.Name;
        ContainerAnnotations.Write(configuration.Annotations, pod, container, attempt);
        if (targetId is not null)
        {
            configuration.Linux.SecurityContext.NamespaceOptions.Pid = Cri.NamespaceMode.Target;
            configuration.Linux.SecurityContext.NamespaceOptions.TargetId = targetId;
        }

        return configuration;
    }

    /// <summary>Below the pod's log directory; log collectors parse it.</summary>
    public static string LogPath(string container, uint attempt) => Path.Combine(container, attempt.ToString(CultureInfo.InvariantCulture) + ".log");
}
