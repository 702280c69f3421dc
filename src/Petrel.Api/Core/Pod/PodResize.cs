using Petrel.Api.Meta;
using Petrel.Api.Validation;

namespace Petrel.Api.Core;

/// <summary>The resize subresource: cpu and memory of running containers change, the pod's class does not (KEP-1287).</summary>
public static class PodResize
{
    /// <summary>The stored pod with nothing changed but resources and resize policies.</summary>
    public static Pod Prepare(Pod pod, Pod old) => old with
    {
        Metadata = MetadataOf(pod, old),
        Spec = old.Spec with
        {
            Containers = WithResources(old.Spec.Containers, pod.Spec.Containers),
            InitContainers = WithResources(old.Spec.InitContainers, pod.Spec.InitContainers),
        },
    };

    public static void Validate(Pod pod, Pod old, FieldErrors errors)
    {
        if (old.Metadata.Annotations.ContainsKey(PodAnnotations.Mirror))
        {
            errors.Forbidden(FieldPath.Root, "static pods cannot be resized");
            return;
        }

        if (old.Spec.Os?.Name == "windows")
        {
            errors.Forbidden(FieldPath.Root, "windows pods cannot be resized");
            return;
        }

        pod.ValidateAlways(errors, old);
        var path = FieldPath.Root.Child("spec");
        if (QualityOfService.ClassOf(pod.Spec) != QualityOfService.ClassOf(old.Spec))
        {
            errors.Invalid(path, pod.Status.QosClass, "Pod QOS Class may not change as a result of resizing");
        }

        if (old.Status.ContainerStatuses.Any(static status => status.State.Running is not null && status.Resources is null))
        {
            errors.Forbidden(path, "Pod running on node without support for resize");
        }

        ValidateContainers(pod.Spec.Containers, old.Spec.Containers, path.Child("containers"), errors);
        ValidateInitContainers(pod.Spec.InitContainers, old.Spec.InitContainers, path.Child("initContainers"), errors);
        var isOnlyComputing = WithoutComputing(pod.Spec.Containers) == WithoutComputing(old.Spec.Containers)
            && WithoutComputing(pod.Spec.InitContainers) == WithoutComputing(old.Spec.InitContainers);
        if (!isOnlyComputing)
        {
            errors.Forbidden(path, "only cpu and memory resources are mutable");
        }
    }

    /// <summary>The stored metadata, with what identifies the version that the client saw.</summary>
    internal static ObjectMeta MetadataOf(Pod pod, Pod old) => old.Metadata with
    {
        Name = pod.Metadata.Name,
        Namespace = pod.Metadata.Namespace,
        Uid = pod.Metadata.Uid,
        ResourceVersion = pod.Metadata.ResourceVersion,
        ManagedFields = pod.Metadata.ManagedFields,
    };

    private static ApiList<Container> WithResources(ApiList<Container> containers, ApiList<Container> wanted) => containers.ConvertAll(container =>
        wanted.FirstOrDefault(each => each.Name == container.Name) is { } change
            ? container with { Resources = change.Resources, ResizePolicy = change.ResizePolicy }
            : container);

    private static void ValidateContainers(ApiList<Container> containers, ApiList<Container> old, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            ValidateContainer(containers[i], old[i], path.Index(i).Child("resources"), errors);
        }
    }

    private static void ValidateInitContainers(ApiList<Container> containers, ApiList<Container> old, FieldPath path, FieldErrors errors)
    {
        for (var i = 0; i < containers.Count; i++)
        {
            if (containers[i].IsSidecar)
            {
                ValidateContainer(containers[i], old[i], path.Index(i).Child("resources"), errors);
            }
            else if (containers[i].Resources != old[i].Resources)
            {
                errors.Forbidden(path.Index(i).Child("resources"), "resources for non-sidecar init containers are immutable");
            }
        }
    }

    private static void ValidateContainer(Container container, Container old, FieldPath path, FieldErrors errors)
    {
        if (old.Resources.Requests.Keys.Any(name => !container.Resources.Requests.ContainsKey(name)))
        {
            errors.Forbidden(path.Child("requests"), "resource requests cannot be removed");
        }

        if (old.Resources.Limits.Keys.Any(name => !container.Resources.Limits.ContainsKey(name)))
        {
            errors.Forbidden(path.Child("limits"), "resource limits cannot be removed");
        }

        // Memory that is in use cannot be taken from a container that goes on running.
        var restarts = container.ResizePolicy.Any(static policy => policy is { ResourceName: "memory", RestartPolicy: "RestartContainer" });
        if (restarts || !container.Resources.Limits.TryGetValue("memory", out var limit))
        {
            return;
        }

        var limitPath = path.Child("limits").Key("memory");
        if (!old.Resources.Limits.TryGetValue("memory", out var oldLimit))
        {
            errors.Forbidden(limitPath, "memory limits cannot be added unless resizePolicy is RestartContainer");
        }
        else if (limit < oldLimit)
        {
            errors.Forbidden(limitPath, "memory limits cannot be decreased unless resizePolicy is RestartContainer");
        }
    }

    private static ApiList<Container> WithoutComputing(ApiList<Container> containers) => containers.ConvertAll(static container => container with
    {
        ResizePolicy = default,
        Resources = container.Resources with
        {
            Limits = container.Resources.Limits.Without("cpu").Without("memory"),
            Requests = container.Resources.Requests.Without("cpu").Without("memory"),
        },
    });
}
