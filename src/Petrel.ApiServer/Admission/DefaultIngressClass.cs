using Petrel.Api.Networking;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission;

/// <summary>A new ingress that names no class, by field or annotation, gets the default class if there is one; of several the newest.</summary>
internal sealed class DefaultIngressClass(Func<ResourceEndpoint> classes) : IMutatingAdmission
{
    public string Name => "DefaultIngressClass";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<Ingress>()
            || request.Object is not Ingress { Spec.IngressClassName: null } ingress || ingress.Metadata.Annotations.ContainsKey(Ingress.ClassAnnotation))
        {
            return;
        }

        var store = classes().Store;
        var stored = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        var newest = stored.Items.Select(pair => store.Wrap(pair).Decode())
            .Where(static value => value.Metadata.Annotations.GetValueOrDefault(IngressClass.DefaultAnnotation) == "true")
            .OrderByDescending(static value => value.Metadata.CreationTimestamp)
            .ThenBy(static value => value.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newest is not null)
        {
            request.Object = ingress with { Spec = ingress.Spec with { IngressClassName = newest.Metadata.Name } };
        }
    }
}
