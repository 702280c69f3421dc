using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Pods;
using Petrel.Node.Runtime;
using Petrel.Node.Volumes;
using Cri = Petrel.Grpc.Cri;

namespace Petrel.Node.Containers;

/// <summary>What is mounted into a container: its volumes, /etc/hosts and the file for its termination message.</summary>
internal sealed class ContainerMounts(NodeOptions options, ContainerRuntime runtime, SubPaths subPaths)
{
    private const string HostsPath = "/etc/hosts";

    private const UnixFileMode HostsMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private const UnixFileMode MessageMode =
        HostsMode | UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;

    /// <param name="pod">With the addresses it has by now in its status.</param>
    /// <param name="volumes">Where each volume is on the node.</param>
    /// <param name="variables">Of the container, which paths inside volumes may refer to.</param>
    /// <exception cref="ContainerConfigurationException">Something cannot be mounted as it is asked for.</exception>
    public async Task<IReadOnlyList<Cri.Mount>> OfAsync(
        Pod pod,
        Container container,
        uint attempt,
        IReadOnlyDictionary<string, string> volumes,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken)
    {
        var mounts = new List<Cri.Mount>();
        foreach (var mount in container.VolumeMounts.AsEnumerable())
        {
            mounts.Add(await OfVolumeAsync(pod, container, mount, volumes, variables, cancellationToken));
        }

        if (!container.VolumeMounts.Any(static mount => mount.MountPath == HostsPath))
        {
            mounts.Add(new Cri.Mount { ContainerPath = HostsPath, HostPath = WriteHosts(pod) });
        }

        if (container.TerminationMessagePath.Length > 0)
        {
            mounts.Add(new Cri.Mount { ContainerPath = container.TerminationMessagePath, HostPath = MakeMessageFile(pod, container, attempt) });
        }

        return mounts;
    }

    private async Task<Cri.Mount> OfVolumeAsync(
        Pod pod,
        Container container,
        VolumeMount mount,
        IReadOnlyDictionary<string, string> volumes,
        IReadOnlyDictionary<string, string> variables,
        CancellationToken cancellationToken)
    {
        if (!volumes.TryGetValue(mount.Name, out var path))
        {
            throw new ContainerConfigurationException($"cannot find volume \"{mount.Name}\" to mount into container at {mount.MountPath}");
        }

        string source;
        try
        {
            source = subPaths.PathOf(pod, container, mount, path, variables);
        }
        catch (VolumeException e)
        {
            throw new ContainerConfigurationException(e.Message);
        }

        return new Cri.Mount
        {
            ContainerPath = Path.IsPathRooted(mount.MountPath) ? mount.MountPath : "/" + mount.MountPath,
            HostPath = source,
            // The content of some volumes is the API's, and the node's to change.
            Readonly = mount.ReadOnly || pod.Spec.Volumes.Any(volume => volume.Name == mount.Name && VolumePlugins.IsReadOnly(volume)),
            RecursiveReadOnly = await IsRecursivelyReadOnlyAsync(pod, mount, cancellationToken),
            Propagation = mount.MountPropagation switch
            {
                "HostToContainer" => Cri.MountPropagation.PropagationHostToContainer,
                "Bidirectional" => Cri.MountPropagation.PropagationBidirectional,
                _ => Cri.MountPropagation.PropagationPrivate,
            },
        };
    }

    private async Task<bool> IsRecursivelyReadOnlyAsync(Pod pod, VolumeMount mount, CancellationToken cancellationToken)
    {
        if (mount.RecursiveReadOnly is not ("Enabled" or "IfPossible"))
        {
            return false;
        }

        var status = await runtime.Status.ReadAsync(verbose: false, cancellationToken);
        var isSupported = status.RuntimeHandlers.Any(static handler => handler.Name.Length == 0 && handler.Features?.RecursiveReadOnlyMounts == true);
        return isSupported || mount.RecursiveReadOnly != "Enabled"
            ? isSupported
            : throw new ContainerConfigurationException($"volume \"{mount.Name}\" requested recursive read-only mode, but it is not supported by the runtime of pod {pod.Metadata.Name}");
    }

    private string WriteHosts(Pod pod)
    {
        var names = PodNames.Of(pod, options);
        var text = pod.Spec.HostNetwork
            ? HostsFile.OfNode(File.ReadAllText(HostsPath), pod.Spec.HostAliases)
            : HostsFile.OfPod([.. pod.Status.PodIPs.Select(static each => each.Ip)], names.Hostname, names.FullName, pod.Spec.HostAliases);
        var path = Path.Combine(options.PodDirectory(pod.Metadata.Uid), "etc-hosts");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        // In place: running containers have this very file mounted.
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, HostsMode);
        return path;
    }

    /// <summary>Writable for whatever user the container runs as.</summary>
    private string MakeMessageFile(Pod pod, Container container, uint attempt)
    {
        var path = TerminationMessage.FileOf(options, pod.Metadata.Uid, container.Name, attempt);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, []);
        File.SetUnixFileMode(path, MessageMode);
        return path;
    }
}
