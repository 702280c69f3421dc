using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.ServiceAccounts;

/// <summary>
/// Fills secrets of type kubernetes.io/service-account-token with the token of the service account that they name, and deletes
/// them when there is no such account (any more).
/// </summary>
internal sealed class TokenSecretController(ControllerServices services) : IReconciler
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
            return;
        }

        var filled = Fill(secret, account);
        if (filled != secret && secret.Metadata.DeletionTimestamp is null)
        {
            await services.Api.UpdateAsync(filled, cancellationToken);
        }
    }

    /// <summary>A token that is there stays; the rest is what it is now.</summary>
    private Secret Fill(Secret secret, ServiceAccount account)
    {
        var data = secret.Data.With("namespace", Binary.FromUtf8(account.Metadata.Namespace));
        if (services.Options.RootCertificateAuthorityPem is { } certificates)
        {
            data = data.With("ca.crt", Binary.FromUtf8(certificates));
        }

        if (data.GetValueOrDefault("token").Length == 0 && services.Options.TokenSigner is { } sign)
        {
            data = data.With("token", Binary.FromUtf8(sign(account, secret)));
        }

        return secret with
        {
            Metadata = secret.Metadata with { Annotations = secret.Metadata.Annotations.With(AccountUid, account.Metadata.Uid) },
            Data = data,
        };
    }
}
