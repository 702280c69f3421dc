using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Discovery;
using Petrel.Api.Resources;
using Petrel.Api.Schema;
using Petrel.Client.Informers;

namespace Petrel.Dns.Kubernetes;

/// <summary>
/// Keeps the records equal to the cluster's namespaces, services and endpoint slices. Each object stands for itself, so that
/// the order in which the three kinds arrive does not matter.
/// </summary>
public static class ClusterFollower
{
    /// <summary>
    /// Begins to follow, and returns once everything that existed at the start is known and the records are marked as
    /// synced. They are kept current as long as the informers run, which is their owner's business.
    /// </summary>
    public static async Task FollowAsync(InformerFactory informers, ClusterIndex records, CancellationToken cancellationToken)
    {
        IInformer[] followed =
        [
            Follow<Namespace>(informers, change => Apply(records, change)),
            Follow<Service>(informers, change => Apply(records, change)),
            Follow<EndpointSlice>(informers, change => Apply(records, change)),
        ];
        foreach (IInformer informer in followed)
        {
            await informer.WaitForSyncAsync(cancellationToken).ConfigureAwait(false);
        }

        records.MarkSynced();
    }

    private static IInformer Follow<T>(InformerFactory informers, Action<Change<T>> apply)
        where T : ApiObject, IResource<T>, IApiType<T>
    {
        Informer<T> informer = informers.For<T>();
        informer.Subscribe(apply);
        return informer;
    }

    private static void Apply(ClusterIndex records, Change<Namespace> change)
    {
        if (change.IsDeleted)
        {
            records.RemoveNamespace(change.Object.Metadata.Name);
        }
        else
        {
            records.SetNamespace(change.Object.Metadata.Name);
        }
    }

    private static void Apply(ClusterIndex records, Change<Service> change)
    {
        if (!change.IsDeleted && ApiRecords.From(change.Object) is { } service)
        {
            records.SetService(service);
        }
        else
        {
            records.RemoveService(change.Object.Metadata.Namespace, change.Object.Metadata.Name);
        }
    }

    private static void Apply(ClusterIndex records, Change<EndpointSlice> change)
    {
        if (!change.IsDeleted && ApiRecords.From(change.Object) is { } slice)
        {
            records.SetEndpointSlice(slice);
        }
        else
        {
            records.RemoveEndpointSlice(change.Object.Metadata.Namespace, change.Object.Metadata.Name);
        }
    }
}
