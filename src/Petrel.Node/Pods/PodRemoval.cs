using Petrel.Api.Core;
using Petrel.Node.Agent;
using Petrel.Node.Containers;
using Petrel.Node.Runtime;
using Petrel.Node.Volumes;

namespace Petrel.Node.Pods;

/// <summary>Takes away what a pod has left on the node.</summary>
internal sealed class PodRemoval(NodeOptions options, ContainerRuntime runtime, PodCgroups cgroups, VolumeManager volumes)
{
    /// <summary>After the pod's last container has ended: volumes and cgroup. Its containers stay for their logs.</summary>
    /// <returns>False while a process is still in the cgroup: to be tried again.</returns>
    /// <exception cref="VolumeException">A volume is still in use: to be tried again.</exception>
    public async Task<bool> TryReleaseAsync(string uid, CancellationToken cancellationToken)
    {
        await volumes.UnmountAsync(uid, cancellationToken);
        return cgroups.TryRemove(uid);
    }

    /// <summary>All of it: the pod itself is gone.</summary>
    public async Task RemoveAsync(Pod pod, RuntimePod seen, CancellationToken cancellationToken)
    {
        foreach (var container in seen.Containers)
        {
            await RemoveContainerAsync(pod, container, cancellationToken);
        }

        foreach (var sandbox in seen.Sandboxes)
        {
            await runtime.Sandboxes.RemoveAsync(sandbox.Id, cancellationToken);
        }

        var logs = SandboxConfiguration.LogDirectory(pod, options);
        if (Directory.Exists(logs))
        {
            Directory.Delete(logs, recursive: true);
        }

        await volumes.RemoveAsync(pod.Metadata.Uid, cancellationToken);
    }

    /// <summary>Instances that nobody asks for any more: all that ended but the latest of each container.</summary>
    public async Task RemoveLeftoversAsync(Pod pod, RuntimePod seen, CancellationToken cancellationToken)
    {
        var kept = new HashSet<string>();
        foreach (var ofName in seen.Containers.GroupBy(static each => each.Name))
        {
            foreach (var instance in ofName.Where(static each => !each.HasEnded).Append(ofName.FirstOrDefault(static each => each.HasEnded)).OfType<RuntimeContainer>())
            {
                kept.Add(instance.Id);
            }
        }

        foreach (var container in seen.Containers.Where(each => !kept.Contains(each.Id)))
        {
            await RemoveContainerAsync(pod, container, cancellationToken);
        }

        var used = seen.Containers.Where(each => kept.Contains(each.Id)).Select(static each => each.SandboxId).ToHashSet();
        foreach (var sandbox in seen.Sandboxes.Skip(1).Where(each => !used.Contains(each.Id)))
        {
            await runtime.Sandboxes.StopAsync(sandbox.Id, cancellationToken);
            await runtime.Sandboxes.RemoveAsync(sandbox.Id, cancellationToken);
        }
    }

    private async Task RemoveContainerAsync(Pod pod, RuntimeContainer container, CancellationToken cancellationToken)
    {
        await runtime.Containers.RemoveAsync(container.Id, cancellationToken);
        ContainerLogLink.Remove(options, pod.Metadata.Namespace, pod.Metadata.Name, container.Name, container.Id);
        File.Delete(TerminationMessage.FileOf(options, pod.Metadata.Uid, container.Name, container.Attempt));
        var log = container.Status.LogPath;
        if (log.Length > 0 && Directory.Exists(Path.GetDirectoryName(log)))
        {
            foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(log)!, Path.GetFileName(log) + "*"))
            {
                File.Delete(file);
            }
        }
    }
}
