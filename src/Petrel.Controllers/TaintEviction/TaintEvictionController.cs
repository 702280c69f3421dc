using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.PodCleanup;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.TaintEviction;

/// <summary>Deletes pods from nodes with NoExecute taints that they do not tolerate, or no longer.</summary>
internal sealed class TaintEvictionController : IReconciler
{
    private const string ByNode = "node";

    private readonly ControllerServices _services;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private WorkQueue<ObjectKey>? _queue;

    public TaintEvictionController(ControllerServices services)
    {
        _services = services;
        _nodes = services.Informers.For<Node>();
        _pods = services.Informers.For<Pod>();
        _pods.AddIndex(ByNode, static pod => [pod.Spec.NodeName]);
    }

    public string Name => "taint-eviction-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _pods.Subscribe(change =>
        {
            if (change.New is { Spec.NodeName.Length: > 0 } pod && (change.Old is null || change.Old.Spec != pod.Spec))
            {
                queue.Add(ObjectKey.Of(pod));
            }
        });
        _nodes.Subscribe(change =>
        {
            if (change.New is { } node && change.Old?.Spec.Taints != node.Spec.Taints)
            {
                foreach (var pod in _pods.Cache.ByIndex(ByNode, node.Metadata.Name))
                {
                    queue.Add(ObjectKey.Of(pod));
                }
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_pods.Cache.Find(key) is not { } pod || !pod.IsActive() || _nodes.Cache.Find(null, pod.Spec.NodeName) is not { } node)
        {
            return;
        }

        var now = _services.Time.GetUtcNow();
        if (Tolerance.EvictAt(pod, node.Spec.Taints, now) is not { } due)
        {
            return;
        }

        if (due > now)
        {
            // Looked at anew then: a taint that is gone by that time evicts nothing.
            _queue!.AddAfter(key, due - now);
            return;
        }

        await EvictAsync(pod, now, cancellationToken);
    }

    private async Task EvictAsync(Pod pod, DateTimeOffset now, CancellationToken cancellationToken)
    {
        _services.Events.Normal(pod, "TaintManagerEviction", $"Marking for deletion Pod {ObjectKey.Of(pod)}");
        var disruption = PodRemoval.Disruption("DeletionByTaintManager", "Taint manager: deleting due to NoExecute taint", now);
        if (await PodRemoval.MarkAsync(_services.Api, pod, null, disruption, cancellationToken))
        {
            await _services.Api.DeleteAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, new() { Preconditions = new() { Uid = pod.Metadata.Uid } }, cancellationToken);
        }
    }
}
