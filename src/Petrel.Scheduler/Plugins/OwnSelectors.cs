using Petrel.Api.Apps;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Informers;

namespace Petrel.Scheduler.Plugins;

/// <summary>Which pods belong together: those of the services a pod is in, and of the ReplicaSet that controls it.</summary>
internal sealed class OwnSelectors(InformerFactory informers)
{
    private readonly Informer<Service> _services = informers.For<Service>();
    private readonly Informer<ReplicaSet> _replicaSets = informers.For<ReplicaSet>();

    /// <summary>Null when the pod belongs to nothing.</summary>
    public LabelSelector? Of(Pod pod)
    {
        var labels = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var service in _services.Cache.List(pod.Metadata.Namespace))
        {
            if (service.Spec.Selector is { Count: > 0 } selector && selector.All(label => pod.Metadata.Labels.GetValueOrDefault(label.Key) == label.Value))
            {
                foreach (var (key, value) in selector)
                {
                    labels[key] = value;
                }
            }
        }

        var own = ControllerOf(pod);
        var combined = new LabelSelector
        {
            MatchLabels = own.MatchLabels.WithRange(labels),
            MatchExpressions = own.MatchExpressions,
        };
        return combined.MatchLabels.IsEmpty && combined.MatchExpressions.IsEmpty ? null : combined;
    }

    private LabelSelector ControllerOf(Pod pod)
    {
        foreach (var owner in pod.Metadata.OwnerReferences)
        {
            if (owner.Controller == true)
            {
                return owner is { Kind: "ReplicaSet", ApiVersion: "apps/v1" } && _replicaSets.Cache.Find(pod.Metadata.Namespace, owner.Name) is { } replicaSet
                    ? replicaSet.Spec.Selector ?? new()
                    : new();
            }
        }

        return new();
    }
}
