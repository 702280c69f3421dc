using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Scheduler.Framework;
using Petrel.Scheduler.Nodes;

namespace Petrel.Scheduler.Plugins;

/// <summary>Prefers nodes that have the pod's images, the more so the larger they are.</summary>
internal sealed class ImageLocality : IPreScorePlugin, IScorePlugin
{
    // Upstream's thresholds: what is below makes no difference, what is above per container no more.
    private const long SizeMin = 23L * 1024 * 1024;
    private const long SizeMaxPerContainer = 1000L * 1024 * 1024;

    public string Name => "ImageLocality";

    public Verdict PreScore(CycleState state, PodInfo pod, IReadOnlyList<NodeInfo> feasible, Snapshot all)
    {
        var names = Images(pod.Pod.Spec.InitContainers).Concat(Images(pod.Pod.Spec.Containers)).ToArray();
        var counts = new int[names.Length];
        foreach (var node in all.Nodes)
        {
            for (var i = 0; i < names.Length; i++)
            {
                counts[i] += node.ImageSizes.ContainsKey(names[i]) ? 1 : 0;
            }
        }

        if (Array.TrueForAll(counts, static count => count == 0))
        {
            return Verdict.Skip;
        }

        // An image that few nodes have counts less, or one node would draw all pods of a kind.
        state.Set(new Wanted([.. names.Zip(counts, (name, count) => (name, (double)count / all.Count))]));
        return Verdict.Success;
    }

    public long Score(CycleState state, PodInfo pod, NodeInfo node)
    {
        var sum = 0L;
        var images = state.Get<Wanted>().Images;
        foreach (var (name, spread) in images)
        {
            if (node.ImageSizes.TryGetValue(name, out var size))
            {
                sum += (long)(size * spread);
            }
        }

        var sizeMax = SizeMaxPerContainer * images.Length;
        return ScoreRange.Max * (Math.Clamp(sum, SizeMin, sizeMax) - SizeMin) / (sizeMax - SizeMin);
    }

    private static IEnumerable<string> Images(ApiList<Container> containers)
    {
        foreach (var container in (IEnumerable<Container>)containers)
        {
            // Nodes list images with their tags.
            var isTagged = container.Image.LastIndexOf(':') > container.Image.LastIndexOf('/');
            yield return isTagged ? container.Image : container.Image + ":latest";
        }
    }

    private sealed record Wanted((string Name, double Spread)[] Images) : ICycleData
    {
        ICycleData ICycleData.Clone() => this;
    }
}
