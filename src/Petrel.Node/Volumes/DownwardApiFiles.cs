using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Node.Pods;

namespace Petrel.Node.Volumes;

/// <summary>Files from the pod's own fields and its containers' resources, for volumes of that type and for parts of projected ones.</summary>
internal sealed class DownwardApiFiles(VolumeOptions options)
{
    /// <exception cref="VolumeProblemException">A field that no pod has, or a container that this pod has not.</exception>
    public IReadOnlyList<VolumeFile> Read(Pod pod, ApiList<DownwardAPIVolumeFile> items, int mode) =>
        [.. items.Select(item => new VolumeFile(item.Path, Binary.FromUtf8(Text(pod, item)), (UnixFileMode)(item.Mode ?? mode)))];

    private string Text(Pod pod, DownwardAPIVolumeFile item)
    {
        if (item.FieldRef is { } field)
        {
            return PodFields.Find(pod, field.FieldPath) ?? throw new VolumeProblemException($"unsupported fieldPath: {field.FieldPath}");
        }

        if (item.ResourceFieldRef is { } resource)
        {
            var container = pod.Spec.InitContainers.Concat(pod.Spec.Containers).FirstOrDefault(each => each.Name == resource.ContainerName)
                ?? throw new VolumeProblemException($"container {resource.ContainerName} not found");
            return ResourceFields.Find(container, resource, options.Allocatable())
                ?? throw new VolumeProblemException($"unsupported container resource : {resource.Resource}");
        }

        throw new VolumeProblemException($"the file {item.Path} names neither a field nor a resource");
    }
}
