using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.ServiceAccounts;

/// <summary>Sees that every namespace has the service account <c>default</c>, which pods run under that name no other.</summary>
internal sealed class DefaultServiceAccountController(ControllerServices services) : IReconciler
{
    private const string AccountName = "default";

    private readonly Informer<Namespace> _namespaces = services.Informers.For<Namespace>();
    private readonly Informer<ServiceAccount> _accounts = services.Informers.For<ServiceAccount>();

    public string Name => "serviceaccount-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _namespaces.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _accounts.Subscribe(deleted: account => queue.Add(new ObjectKey("", account.Metadata.Namespace)));
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Cache.Find(key) is not { Metadata.DeletionTimestamp: null } || _accounts.Cache.Find(key.Name, AccountName) is not null)
        {
            return;
        }

        try
        {
            await services.Api.CreateAsync(new ServiceAccount { Metadata = new() { Namespace = key.Name, Name = AccountName } }, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsAlreadyExists || exception.IsNamespaceTerminating || exception.IsNotFound)
        {
            // There already; or the namespace is going or gone, and needs none.
        }
    }
}
