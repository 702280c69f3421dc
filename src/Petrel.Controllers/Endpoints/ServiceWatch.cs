using Petrel.Api.Core;
using Petrel.Api.Selectors;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;

namespace Petrel.Controllers.Endpoints;

/// <summary>Puts a Service into the queue when it changes, or when a pod that it selects or selected does.</summary>
internal sealed class ServiceWatch(Informer<Service> services, Informer<Pod> pods, WorkQueue<ObjectKey> queue)
{
    public void Watch()
    {
        services.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        pods.Subscribe(Handle);
    }

    /// <summary>The pods that the Service selects.</summary>
    public static List<Pod> Select(Informer<Pod> pods, Service service)
    {
        var selector = LabelSelectorExpression.FromLabels(service.Spec.Selector);
        return [.. pods.Cache.List(service.Metadata.Namespace).Where(pod => selector.Matches(pod.Metadata.Labels)).OrderBy(static pod => pod.Metadata.Name, StringComparer.Ordinal)];
    }

    private void Handle(Change<Pod> change)
    {
        if (change is { Old: { } old, New: { } current } && !ServicePods.Differ(old, current))
        {
            return;
        }

        foreach (var service in services.Cache.List(change.Object.Metadata.Namespace))
        {
            if (!service.Spec.Selector.IsNil && (Selects(service, change.Old) || Selects(service, change.New)))
            {
                queue.Add(ObjectKey.Of(service));
            }
        }
    }

    private static bool Selects(Service service, Pod? pod) =>
        pod is not null && LabelSelectorExpression.FromLabels(service.Spec.Selector).Matches(pod.Metadata.Labels);
}
