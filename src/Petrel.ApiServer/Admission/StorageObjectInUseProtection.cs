using Petrel.Api;
using Petrel.Api.Core;

namespace Petrel.ApiServer.Admission;

/// <summary>New volumes and claims get a finalizer, so that they stay as long as they are in use.</summary>
internal sealed class StorageObjectInUseProtection : IMutatingAdmission
{
    public string Name => "StorageObjectInUseProtection";

    public ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create && request.Subresource.Length == 0)
        {
            request.Object = request.Object switch
            {
                PersistentVolume volume => WithFinalizer(volume, PersistentVolume.ProtectionFinalizer),
                PersistentVolumeClaim claim => WithFinalizer(claim, PersistentVolumeClaim.ProtectionFinalizer),
                _ => request.Object,
            };
        }

        return ValueTask.CompletedTask;
    }

    private static ApiObject WithFinalizer(ApiObject value, string finalizer) => value.Metadata.Finalizers.Contains(finalizer)
        ? value
        : value with { Metadata = value.Metadata with { Finalizers = value.Metadata.Finalizers.Add(finalizer) } };
}
