using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;
using Petrel.Controllers.Pods;

namespace Petrel.Controllers.PodCleanup;

/// <summary>
/// Removes pods whose node is gone, pods that were deleted before they had a node, and the oldest finished pods when there
/// are too many (upstream's pod garbage collector).
/// </summary>
internal sealed class PodCleanupController : IReconciler
{
    private const string ByNode = "node";

    // The key that stands for "count the finished pods": no pod has an empty name.
    private static readonly ObjectKey Surplus = new("", "");

    // A node may be registered late, or its event come after that of a pod on it.
    private static readonly TimeSpan Quarantine = TimeSpan.FromSeconds(40);

    // A pod without a node is deleted in two writes; only one that is still there after a while is held by something.
    private static readonly TimeSpan Removal = TimeSpan.FromSeconds(5);

    private readonly ControllerServices _services;
    private readonly Informer<Pod> _pods;
    private readonly Informer<Node> _nodes;
    private readonly Dictionary<string, long> _missingSince = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private WorkQueue<ObjectKey>? _queue;
    private int _finished;

    public PodCleanupController(ControllerServices services)
    {
        _services = services;
        _nodes = services.Informers.For<Node>();
        _pods = services.Informers.For<Pod>();
        _pods.AddIndex(ByNode, static pod => [pod.Spec.NodeName]);
    }

    public string Name => "pod-garbage-collector";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _queue = queue;
        _pods.Subscribe(Handle);
        _nodes.Subscribe(
            added: node => Forget(node.Metadata.Name),
            deleted: node =>
            {
                foreach (var pod in _pods.Cache.ByIndex(ByNode, node.Metadata.Name))
                {
                    queue.Add(ObjectKey.Of(pod));
                }
            });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (key == Surplus)
        {
            await RemoveSurplusAsync(cancellationToken);
        }
        else if (_pods.Cache.Find(key) is not { } pod)
        {
            return;
        }
        else if (pod.Spec.NodeName.Length == 0)
        {
            if (pod.Metadata.DeletionTimestamp is not null)
            {
                await PodRemoval.ForceAsync(_services.Api, pod, null, cancellationToken);
            }
        }
        else if (_nodes.Cache.Find(null, pod.Spec.NodeName) is null)
        {
            await RemoveOrphanAsync(key, pod, cancellationToken);
        }
    }

    private void Handle(Change<Pod> change)
    {
        var (before, after) = (change.Old?.IsTerminal() == true, change.New?.IsTerminal() == true);
        if (before != after && Interlocked.Add(ref _finished, after ? 1 : -1) > _services.Options.TerminatedPodThreshold && _services.Options.TerminatedPodThreshold > 0)
        {
            _queue!.Add(Surplus);
        }

        if (change.New is { Spec.NodeName.Length: 0 } waiting)
        {
            if (waiting.Metadata.DeletionTimestamp is not null)
            {
                _queue!.AddAfter(ObjectKey.Of(waiting), Removal);
            }
        }
        else if (change.New is { } pod && _nodes.Cache.Find(null, pod.Spec.NodeName) is null)
        {
            _queue!.Add(ObjectKey.Of(pod));
        }
    }

    private async Task RemoveOrphanAsync(ObjectKey key, Pod pod, CancellationToken cancellationToken)
    {
        if (MissingFor(pod.Spec.NodeName) is var missing && missing < Quarantine)
        {
            _queue!.AddAfter(key, Quarantine - missing);
            return;
        }

        if (await _services.Api.FindAsync<Node>(null, pod.Spec.NodeName, cancellationToken) is not null)
        {
            Forget(pod.Spec.NodeName);
            return;
        }

        var disruption = PodRemoval.Disruption("DeletionByPodGC", "PodGC: node no longer exists", _services.Time.GetUtcNow());
        await PodRemoval.ForceAsync(_services.Api, pod, disruption, cancellationToken);
    }

    private async Task RemoveSurplusAsync(CancellationToken cancellationToken)
    {
        var finished = _pods.Cache.List().Where(static pod => pod.IsTerminal()).OrderBy(static pod => pod.Metadata.CreationTimestamp).ToList();
        foreach (var pod in finished.Take(Math.Max(0, finished.Count - _services.Options.TerminatedPodThreshold)))
        {
            await PodRemoval.ForceAsync(_services.Api, pod, null, cancellationToken);
        }
    }

    private TimeSpan MissingFor(string node)
    {
        lock (_lock)
        {
            var now = _services.Time.GetTimestamp();
            return _missingSince.TryAdd(node, now) ? TimeSpan.Zero : _services.Time.GetElapsedTime(_missingSince[node], now);
        }
    }

    private void Forget(string node)
    {
        lock (_lock)
        {
            _missingSince.Remove(node);
        }
    }
}
