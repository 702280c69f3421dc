using Petrel.Api.Core;
using Petrel.Api.Storage;
using Petrel.ApiServer.Registry;
using Petrel.Storage;

namespace Petrel.ApiServer.Admission;

/// <summary>A new claim that names no class, by field or annotation, gets the default class if there is one; of several the newest.</summary>
internal sealed class DefaultStorageClass(Func<ResourceEndpoint> classes) : IMutatingAdmission
{
    public string Name => "DefaultStorageClass";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Create || !request.Is<PersistentVolumeClaim>()
            || request.Object is not PersistentVolumeClaim { Spec.StorageClassName: null } claim
            || claim.Metadata.Annotations.ContainsKey(PersistentVolumeClaim.ClassAnnotation))
        {
            return;
        }

        var store = classes().Store;
        var stored = await store.RangeAsync(new RangeRequest(store.RangeOf("")), cancellationToken);
        var newest = stored.Items.Select(pair => (StorageClass)store.Wrap(pair).Decode())
            .Where(static value => value.IsDefault)
            .OrderByDescending(static value => value.Metadata.CreationTimestamp)
            .ThenBy(static value => value.Metadata.Name, StringComparer.Ordinal)
            .FirstOrDefault();
        if (newest is not null)
        {
            request.Object = claim with { Spec = claim.Spec with { StorageClassName = newest.Metadata.Name } };
        }
    }
}
