using System.Text;
using Petrel.Api;
using Petrel.Node.Pods;

namespace Petrel.Node.Eviction;

/// <summary>Why a pod is evicted, in upstream's words, and for programs as annotations of the event.</summary>
internal sealed record EvictionReason(string Message, ApiMap<string> Annotations)
{
    public static EvictionReason Of(EvictionThreshold threshold, NodeObservation observation, PodUsage usage)
    {
        var resource = threshold.Signal.Resource;
        var message = new StringBuilder($"The node was low on resource: {resource}. ")
            .Append($"Threshold quantity: {threshold.Format(threshold.Least(observation.Capacity))}, available: {threshold.Format(observation.Available)}. ");
        var (names, amounts) = (new List<string>(), new List<string>());
        foreach (var container in usage.Containers)
        {
            var declared = usage.Pod.Spec.InitContainers.Concat(usage.Pod.Spec.Containers).FirstOrDefault(each => each.Name == container.Name);
            var used = new Quantity(resource == "memory" ? container.MemoryBytes : container.DiskBytes, QuantityFormat.BinarySI);
            var request = declared?.Resources.Requests.GetValueOrDefault(resource) ?? Quantity.Zero;
            if (resource is "memory" or "ephemeral-storage" && used > request)
            {
                message.Append($"Container {container.Name} was using {used}, request is {request}, has larger consumption of {resource}. ");
                names.Add(container.Name);
                amounts.Add(used.ToString());
            }
        }

        return new EvictionReason(message.ToString(), ApiMap.FromPairs(
            ("offending_containers", string.Join(',', names)), ("offending_containers_usage", string.Join(',', amounts)), ("starved_resource", resource)));
    }

    /// <summary>Which limit on what it keeps on disk a pod breaks; null for none.</summary>
    public static EvictionReason? OfLimits(PodUsage usage)
    {
        var spec = usage.Pod.Spec;
        foreach (var volume in spec.Volumes)
        {
            if (volume.EmptyDir?.SizeLimit is { Sign: > 0 } size && usage.Volumes.GetValueOrDefault(volume.Name) > size.Value)
            {
                return Plain($"Usage of EmptyDir volume \"{volume.Name}\" exceeds the limit \"{size}\". ");
            }
        }

        if (PodResources.Limit(spec, "ephemeral-storage") is { } limit && usage.DiskBytes > limit.Value)
        {
            return Plain($"Pod ephemeral local storage usage exceeds the total limit of containers {limit}. ");
        }

        foreach (var container in usage.Containers)
        {
            var own = spec.Containers.FirstOrDefault(each => each.Name == container.Name)?.Resources.Limits.GetValueOrDefault("ephemeral-storage") ?? Quantity.Zero;
            if (own.Sign > 0 && container.DiskBytes > own.Value)
            {
                return Plain($"Container {container.Name} exceeded its local ephemeral storage limit \"{own}\". ");
            }
        }

        return null;
    }

    private static EvictionReason Plain(string message) => new(message, default);
}
