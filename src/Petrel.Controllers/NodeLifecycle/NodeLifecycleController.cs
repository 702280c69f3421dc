using System.Text.Json;
using Petrel.Api.Coordination;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.NodeLifecycle;

/// <summary>
/// Notices nodes that fall silent, says so in their conditions, taints nodes by their conditions, and marks the pods of a
/// node that is not ready as not ready, so that no traffic goes there.
/// </summary>
internal sealed class NodeLifecycleController : IReconciler
{
    private const string LeaseNamespace = "kube-node-lease";
    private const string ByNode = "node";

    private readonly ControllerServices _services;
    private readonly Informer<Node> _nodes;
    private readonly Informer<Lease> _leases;
    private readonly Informer<Pod> _pods;
    private readonly NodeHealth _health;
    private readonly ZoneEvictions _evictions;
    private WorkQueue<ObjectKey>? _queue;

    public NodeLifecycleController(ControllerServices services)
    {
        _services = services;
        _nodes = services.Informers.For<Node>();
        _leases = services.Informers.For<Lease>(new InformerOptions { Namespace = LeaseNamespace });
        _pods = services.Informers.For<Pod>();
        _pods.AddIndex(ByNode, static pod => [pod.Spec.NodeName]);
        _health = new NodeHealth(services.Time);
        _evictions = new ZoneEvictions(services.Options, services.Time);
    }

    public string Name => "node-lifecycle-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _nodes.Subscribe(
            added: node =>
            {
                _services.Events.Record(About(node), "Normal", "RegisteredNode", $"Node {node.Metadata.Name} event: Registered Node {node.Metadata.Name} in Controller");
                queue.Add(ObjectKey.Of(node));
            },
            updated: (_, node) => queue.Add(ObjectKey.Of(node)),
            deleted: node =>
            {
                _health.Forget(node.Metadata.Name);
                _services.Events.Record(About(node), "Normal", "RemovingNode", $"Node {node.Metadata.Name} event: Removing Node {node.Metadata.Name} from Controller");
            });
        _nodes.Subscribe(change =>
        {
            // What becomes of one node that is not ready depends on how the others are.
            if (IsReady(change.Old) != IsReady(change.New))
            {
                foreach (var node in _nodes.Cache.List().Where(static node => !IsReady(node)))
                {
                    queue.Add(ObjectKey.Of(node));
                }
            }
        });
        _leases.Subscribe(change => queue.Add(new ObjectKey("", change.Object.Metadata.Name)));

        // A pod that becomes ready on a silent node (its last report came late) is not to be trusted either.
        _pods.Subscribe(change =>
        {
            if (change.New is { Spec.NodeName.Length: > 0 } pod && pod.IsReady())
            {
                queue.Add(new ObjectKey("", pod.Spec.NodeName));
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Cache.Find(key) is not { } node)
        {
            return;
        }

        node = await WatchOverAsync(key, node, cancellationToken);
        await TaintAsync(key, node, cancellationToken);
        if (node.Condition("Ready") is { Status: not "True" })
        {
            await MarkPodsAsync(node, cancellationToken);
        }
    }

    private async Task TaintAsync(ObjectKey key, Node node, CancellationToken cancellationToken)
    {
        var (evicts, isNew) = MayEvict(key, node);
        var taints = NodeTaints.Update(node, evicts, _services.Time.GetUtcNow());
        if (taints == node.Spec.Taints)
        {
            return;
        }

        try
        {
            await _services.Api.UpdateAsync(node with { Spec = node.Spec with { Taints = taints } }, cancellationToken);
        }
        catch (Exception) when (isNew)
        {
            _evictions.GiveBack(ZoneEvictions.ZoneOf(node));
            throw;
        }
    }

    /// <summary>Whether the node's pods may be driven away, and whether that was allowed just now.</summary>
    private (bool Evicts, bool IsNew) MayEvict(ObjectKey key, Node node)
    {
        if (node.Condition("Ready") is null or { Status: "True" })
        {
            return (false, false);
        }

        var nodes = _nodes.Cache.List().Select(other => new NodeState(ZoneEvictions.ZoneOf(other), IsReady(other.Metadata.Name == key.Name ? node : other))).ToList();
        if (NodeTaints.Evicts(node))
        {
            return (!ZoneEvictions.IsTotal(nodes), false);
        }

        var wait = _evictions.Take(ZoneEvictions.ZoneOf(node), nodes);
        if (wait > TimeSpan.Zero)
        {
            _queue!.AddAfter(key, wait.Value);
        }

        return (wait == TimeSpan.Zero, wait == TimeSpan.Zero);
    }

    private static bool IsReady(Node? node) => node?.Condition("Ready") is { Status: "True" };

    /// <summary>Sets the conditions of a node that was silent for too long, and comes back when another might be.</summary>
    private async Task<Node> WatchOverAsync(ObjectKey key, Node node, CancellationToken cancellationToken)
    {
        var ready = node.Condition("Ready");
        var grace = ready is null ? _services.Options.NodeStartupGracePeriod : _services.Options.NodeMonitorGracePeriod;
        var left = grace - _health.Silence(node, _leases.Cache.Find(LeaseNamespace, node.Metadata.Name));
        if (left > TimeSpan.Zero)
        {
            _queue!.AddAfter(key, left);
            return node;
        }

        var conditions = NodeHealth.Unknown(node, _services.Time.GetUtcNow());
        if (conditions == node.Status.Conditions)
        {
            return node;
        }

        if (ready?.Status == "True")
        {
            _services.Events.Record(About(node), "Normal", "NodeNotReady", $"Node {node.Metadata.Name} status is now: NodeNotReady");
        }

        return await _services.Api.UpdateStatusAsync(node with { Status = node.Status with { Conditions = conditions } }, cancellationToken);
    }

    private async Task MarkPodsAsync(Node node, CancellationToken cancellationToken)
    {
        foreach (var pod in _pods.Cache.ByIndex(ByNode, node.Metadata.Name).Where(static pod => pod.IsReady()))
        {
            var now = _services.Time.GetUtcNow();
            var time = JsonEncodedText.Encode(Petrel.Api.ApiTime.Format(now));
            var patch = PatchBody.Strategic($$$"""{"status":{"conditions":[{"type":"Ready","status":"False","lastTransitionTime":"{{{time}}}"}]}}""");
            try
            {
                await _services.Api.PatchAsync<Pod>(pod.Metadata.Namespace, pod.Metadata.Name, patch, "status", cancellationToken);
                _services.Events.Warning(pod, "NodeNotReady", "Node is not ready");
            }
            catch (ApiException exception) when (exception.IsNotFound)
            {
                // Gone meanwhile.
            }
        }
    }

    // Events about nodes name them by their name also where the uid stands: kubectl describe looks there.
    private static ObjectReference About(Node node) => new() { Kind = "Node", ApiVersion = "v1", Name = node.Metadata.Name, Uid = node.Metadata.Uid };
}
