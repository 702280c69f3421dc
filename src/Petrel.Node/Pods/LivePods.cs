using Petrel.Api.Core;
using Petrel.Client.Informers;
using Petrel.Node.Serving;

namespace Petrel.Node.Pods;

/// <summary>The pods of the node by name, with what the node knows of them now.</summary>
internal sealed class LivePods(Informer<Pod> pods, PodWorkers workers) : IPodSource
{
    /// <summary>The pod of a name, if the node looks after it.</summary>
    /// <param name="uid">When given, the pod must be this one.</param>
    public (Pod Pod, PodWorker Worker)? Find(string @namespace, string name, string? uid = null)
    {
        var pod = pods.Cache.Find(@namespace, name);
        if (pod is null || (!string.IsNullOrEmpty(uid) && pod.Metadata.Uid != uid) || workers.Find(pod.Metadata.Uid) is not { } worker)
        {
            return null;
        }

        // What the node itself has told last may not have come back to it yet.
        return (worker.Pod ?? pod, worker);
    }

    /// <summary>All of them.</summary>
    public IReadOnlyList<Pod> List() => [.. pods.Cache.List().Select(pod => workers.Find(pod.Metadata.Uid)?.Pod ?? pod)];

    /// <summary>The instances of containers that run now, of all pods.</summary>
    public IEnumerable<RuntimeContainer> Running() => workers.All().SelectMany(static worker => worker.Seen.Containers).Where(static each => each.IsRunning);
}
