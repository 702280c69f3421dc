using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.NodeAddresses;

/// <summary>Gives each node its part of the cluster's pod addresses (spec.podCIDR; upstream's node IPAM, range allocator).</summary>
internal sealed class NodeAddressController(ControllerServices services) : IReconciler
{
    private readonly Informer<Node> _nodes = services.Informers.For<Node>();
    private readonly AddressRange _range = new(services.Options.ClusterCidr, services.Options.NodeCidrMaskSize);

    // What was given away counts before the cache shows it. (One worker: nodes take turns.)
    private readonly Dictionary<string, string> _given = new(StringComparer.Ordinal);

    public string Name => "node-ipam-controller";

    public void Setup(WorkQueue<ObjectKey> queue) => _nodes.Subscribe(
        added: node => queue.Add(ObjectKey.Of(node)),
        updated: (_, node) => queue.Add(ObjectKey.Of(node)),
        deleted: node =>
        {
            queue.Add(ObjectKey.Of(node));

            // A part is free again: nodes that got none may have it.
            foreach (var waiting in _nodes.Cache.List().Where(static node => node.Spec.PodCIDR.Length == 0))
            {
                queue.Add(ObjectKey.Of(waiting));
            }
        });

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_nodes.Cache.Find(key) is not { } node || node.Spec.PodCIDR.Length > 0)
        {
            _given.Remove(key.Name);
            return;
        }

        var taken = _nodes.Cache.List().SelectMany(static other => other.Spec.PodCIDRs.Append(other.Spec.PodCIDR)).Concat(_given.Where(entry => entry.Key != key.Name).Select(static entry => entry.Value));
        if (_range.FirstFree(taken.ToHashSet(StringComparer.Ordinal)) is not { } part)
        {
            services.Events.Normal(node, "CIDRNotAvailable", $"Node {node.Metadata.Name} status is now: CIDRNotAvailable");
            return;
        }

        _given[key.Name] = part;
        var patch = PatchBody.Strategic($$$"""{"spec":{"podCIDR":"{{{part}}}","podCIDRs":["{{{part}}}"]}}""");
        await services.Api.PatchAsync<Node>(null, key.Name, patch, null, cancellationToken);
    }
}
