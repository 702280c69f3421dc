using System.Net;
using Microsoft.Extensions.Logging.Abstractions;
using Petrel.Linux.Mounts;
using Petrel.Linux.Processes;
using Petrel.Network.Pods;
using Petrel.Network.Services;
using Petrel.Node.Containerd;
using Petrel.Node.Containers;
using Petrel.Node.Runtime;
using Petrel.Program.Hosting;
using Petrel.Program.Nodes;

namespace Petrel.Program.Setup;

/// <summary>Ends what a node leaves running when its server ends: containers, containerd, network rules.</summary>
internal sealed class NodeTeardown(ClusterPaths paths, TimeProvider time)
{
    /// <summary>Between a container's stop signal and its end by force.</summary>
    private static readonly TimeSpan GracePeriod = TimeSpan.FromSeconds(10);

    private static readonly IPNetwork AnyRange = IPNetwork.Parse("10.244.0.0/16");

    /// <summary>Stops all containers, then containerd. Returns how many sandboxes there were.</summary>
    public async Task<int> StopContainersAsync(CancellationToken cancellationToken)
    {
        if (!Directory.Exists(paths.Containerd) || SystemPackages.Missing().Contains("containerd"))
        {
            return 0;
        }

        // Containers outlive a containerd that died, and only a containerd ends them in good order.
        var host = new ContainerdHost(NodeContainerd.Options(paths), new CommandRunner(time), time, NullLogger<ContainerdHost>.Instance);
        await host.StartAsync(cancellationToken);
        using var runtime = ContainerRuntime.Connect(NodeContainerd.Options(paths).SocketPath, time);
        var containers = await runtime.Containers.ListAsync(cancellationToken: cancellationToken);
        await Task.WhenAll(containers.Select(container => runtime.Containers.StopAsync(container.Id, GracePeriod, cancellationToken)));
        var sandboxes = await runtime.Sandboxes.ListAsync(cancellationToken: cancellationToken);
        await Task.WhenAll(sandboxes.Select(sandbox => runtime.Sandboxes.StopAsync(sandbox.Id, cancellationToken)));
        await host.StopAsync(cancellationToken);
        return sandboxes.Count;
    }

    /// <summary>Removes the bridge and all rules. Pods must be gone.</summary>
    public async Task RemoveNetworkAsync(CancellationToken cancellationToken)
    {
        if (SystemPackages.Missing().Count > 0)
        {
            return;
        }

        await ServiceModes.Create(new ServiceProxyOptions { NodeName = paths.Name, InstanceName = paths.Name }).RemoveAsync(cancellationToken);
        await new PodNetwork(new PodNetworkOptions
        {
            NodePodRange = AnyRange,
            PodRanges = [AnyRange],
            InstanceName = paths.Name,
            CniConfigurationDirectory = paths.NetworkConfiguration,
            AddressDirectory = paths.NetworkAddresses,
        }).RemoveAsync(cancellationToken);
    }

    /// <summary>Removes every file of the cluster. What is still mounted below is unmounted first, never deleted through.</summary>
    public void RemoveFiles()
    {
        File.Delete(paths.Kubeconfig);
        ContainerLogLink.RemoveAll(paths.PodLogLinks, paths.PodLogs);
        foreach (var folder in (string[])[paths.PodRoot, paths.PodLogs, paths.Runtime, paths.DataDirectory])
        {
            foreach (var mounted in MountTable.Below(folder).Reverse())
            {
                Mount.Remove(mounted, detach: true);
            }

            if (Directory.Exists(folder))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
