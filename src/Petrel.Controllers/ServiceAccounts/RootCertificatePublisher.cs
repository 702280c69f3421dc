using Petrel.Api;
using Petrel.Api.Core;
using Petrel.Client.Api;
using Petrel.Client.Informers;
using Petrel.Client.Queues;
using Petrel.Controllers.Hosting;

namespace Petrel.Controllers.ServiceAccounts;

/// <summary>Puts the certificates that the API server is trusted by into every namespace, where pods mount them with their token.</summary>
internal sealed class RootCertificatePublisher(ControllerServices services) : IReconciler
{
    private const string MapName = "kube-root-ca.crt";
    private const string DescriptionKey = "kubernetes.io/description";
    private const string Description = "Contains a CA bundle that can be used to verify the kube-apiserver when using internal endpoints such as the internal "
        + "service IP or kubernetes.default.svc. No other usage is guaranteed across distributions of Kubernetes clusters.";

    private readonly Informer<Namespace> _namespaces = services.Informers.For<Namespace>();
    private readonly Informer<ConfigMap> _maps = services.Informers.For<ConfigMap>(new() { FieldSelector = "metadata.name=" + MapName });

    public string Name => "root-ca-cert-publisher";

    public void Setup(WorkQueue<ObjectKey> queue)
    {
        if (services.Options.RootCertificateAuthorityPem is null)
        {
            return;
        }

        _namespaces.Subscribe(change => queue.Add(ObjectKey.Of(change.Object)));
        _maps.Subscribe(change => queue.Add(new ObjectKey("", change.Object.Metadata.Namespace)));
    }

    public async Task ReconcileAsync(ObjectKey key, CancellationToken cancellationToken)
    {
        if (_namespaces.Cache.Find(key) is not { Metadata.DeletionTimestamp: null })
        {
            return;
        }

        var present = _maps.Cache.Find(key.Name, MapName);
        var value = present ?? new ConfigMap { Metadata = new() { Namespace = key.Name, Name = MapName } };
        var wanted = value with
        {
            Metadata = value.Metadata with { Annotations = value.Metadata.Annotations.With(DescriptionKey, Description) },
            Data = ApiMap.FromPairs(("ca.crt", services.Options.RootCertificateAuthorityPem!)),
        };
        if (wanted == present)
        {
            return;
        }

        try
        {
            _ = present is null ? await services.Api.CreateAsync(wanted, cancellationToken) : await services.Api.UpdateAsync(wanted, cancellationToken);
        }
        catch (ApiException exception) when (exception.IsNamespaceTerminating || exception.IsNotFound)
        {
            // The namespace goes away (or did), or the map did and comes back by its deletion event.
        }
    }
}
