using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.ServiceAccounts;

/// <summary>Deletes secrets of type kubernetes.io/service-account-token whose service account does not exist (any more).</summary>
internal sealed class TokenSecretCleaner(ControllerServices services) : IReconciler
{
    private const string SecretType = "kubernetes.io/service-account-token";
    private const string AccountName = "kubernetes.io/service-account.name";
    private const string AccountUid = "kubernetes.io/service-account.uid";
    private const string ByAccount = "service-account";

    private readonly Informer<ServiceAccount> _accounts = services.Informers.For<ServiceAccount>();
    private readonly Informer<Secret> _secrets = services.Informers.For<Secret>(new InformerOptions { FieldSelector = "type=" + SecretType });

    public string Name => "tokens-controller";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        _secrets.AddIndex(ByAccount, static secret => [secret.Metadata.Namespace + "/" + secret.Metadata.Annotations.GetValueOrDefault(AccountName)]);
        _secrets.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _accounts.Subscribe(deleted: account =>
        {
            foreach (var secret in _secrets.Cache.ByIndex(ByAccount, ObjectKey.Of(account).ToString()))
            {
                queue.Add(ObjectKey.Of(secret));
            }
        });
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_secrets.Cache.Find(key) is not { } secret || secret.Metadata.Annotations.GetValueOrDefault(AccountName) is not { Length: > 0 } name)
        {
            return;
        }

        // The account may have been made just now: what is deleted here cannot be had back.
        var account = await services.Api.FindAsync<ServiceAccount>(key.Namespace, name, cancellationToken);
        var uid = secret.Metadata.Annotations.GetValueOrDefault(AccountUid);
        if (account is null || (!string.IsNullOrEmpty(uid) && uid != account.Metadata.Uid))
        {
            var options = new DeleteOptions { Preconditions = new() { Uid = secret.Metadata.Uid } };
            await services.Api.DeleteAsync<Secret>(key.Namespace, key.Name, options, cancellationToken);
        }
    }
}
