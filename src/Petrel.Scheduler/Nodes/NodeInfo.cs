using System.Collections.Frozen;
using Petrel.Api.Core;

namespace Petrel.Scheduler.Nodes;

/// <summary>
/// A node with the pods on it and their sums. Immutable: a change gives another one, so a snapshot of the cluster is a list of
/// references, and trying out "without these pods" disturbs nobody.
/// </summary>
internal sealed class NodeInfo
{
    private static readonly FrozenDictionary<string, long> NoImages = FrozenDictionary<string, long>.Empty;

    private NodeInfo(Node node, ResourceTotals allocatable, long allocatablePods, FrozenDictionary<string, long> imageSizes, PodInfo[] pods)
    {
        Node = node;
        Allocatable = allocatable;
        AllocatablePods = allocatablePods;
        ImageSizes = imageSizes;
        Pods = pods;
        PodsWithAffinity = Array.FindAll(pods, static pod => pod.HasAffinity);
        PodsWithRequiredAntiAffinity = Array.FindAll(PodsWithAffinity, static pod => pod.RequiredAntiAffinity.Length > 0);
    }

    public Node Node { get; }

    public string Name => Node.Metadata.Name;

    /// <summary>All pods that are on the node or about to be.</summary>
    public PodInfo[] Pods { get; }

    public PodInfo[] PodsWithAffinity { get; }

    public PodInfo[] PodsWithRequiredAntiAffinity { get; }

    /// <summary>What the pods on the node have set aside.</summary>
    public ResourceTotals Requested { get; private init; }

    /// <inheritdoc cref="PodRequests.WithDefaults"/>
    public ResourceTotals RequestedWithDefaults { get; private init; }

    /// <summary>What pods may take of the node.</summary>
    public ResourceTotals Allocatable { get; }

    /// <summary>Largest number of pods on the node.</summary>
    public long AllocatablePods { get; }

    /// <summary>Bytes of the images on the node, by each of their names.</summary>
    public FrozenDictionary<string, long> ImageSizes { get; }

    /// <summary>The node with no pods.</summary>
    public static NodeInfo Of(Node node) => new(node, ResourceTotals.Of(node.Status.Allocatable), PodCount(node), ImagesOf(node), []);

    /// <summary>The same pods on the node as it is now.</summary>
    public NodeInfo WithNode(Node node) => new(
        node,
        node.Status.Allocatable == Node.Status.Allocatable ? Allocatable : ResourceTotals.Of(node.Status.Allocatable),
        PodCount(node),
        node.Status.Images == Node.Status.Images ? ImageSizes : ImagesOf(node),
        Pods)
    {
        Requested = Requested,
        RequestedWithDefaults = RequestedWithDefaults,
    };

    public NodeInfo With(PodInfo pod) => WithPods([.. Pods, pod], Requested.Add(pod.Requests), RequestedWithDefaults.Add(pod.RequestsWithDefaults));

    /// <summary>Without the pod that has this uid; the same when it is not there.</summary>
    public NodeInfo Without(string uid)
    {
        var pods = Array.FindAll(Pods, pod => pod.Uid != uid);
        return pods.Length == Pods.Length ? this : Sum(pods);
    }

    /// <summary>Without pods for which the condition holds.</summary>
    public NodeInfo WithoutAll(Predicate<PodInfo> match)
    {
        var pods = Array.FindAll(Pods, pod => !match(pod));
        return pods.Length == Pods.Length ? this : Sum(pods);
    }

    public override string ToString() => $"{Name} ({Pods.Length} pods)";

    // Summed anew: sums that stopped at the largest number cannot be taken apart.
    private NodeInfo Sum(PodInfo[] pods)
    {
        var (requested, withDefaults) = (default(ResourceTotals), default(ResourceTotals));
        foreach (var pod in pods)
        {
            requested = requested.Add(pod.Requests);
            withDefaults = withDefaults.Add(pod.RequestsWithDefaults);
        }

        return WithPods(pods, requested, withDefaults);
    }

    private NodeInfo WithPods(PodInfo[] pods, ResourceTotals requested, ResourceTotals withDefaults) =>
        new(Node, Allocatable, AllocatablePods, ImageSizes, pods) { Requested = requested, RequestedWithDefaults = withDefaults };

    private static long PodCount(Node node) => node.Status.Allocatable.TryGetValue("pods", out var count) ? count.Value : 0;

    private static FrozenDictionary<string, long> ImagesOf(Node node)
    {
        if (node.Status.Images.IsEmpty)
        {
            return NoImages;
        }

        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var image in node.Status.Images)
        {
            foreach (var name in image.Names)
            {
                sizes[name] = image.SizeBytes;
            }
        }

        return sizes.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
