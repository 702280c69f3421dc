using Petrel.Api.Core;
using Petrel.Api.Storage;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>A claim can only grow once it is bound, and when its class says that its volumes can.</summary>
internal sealed class PersistentVolumeClaimResize(Func<ResourceEndpoint> classes) : IValidatingAdmission
{
    public string Name => "PersistentVolumeClaimResize";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation != AdmissionOperation.Update || !request.Is<PersistentVolumeClaim>()
            || request is not { Object: PersistentVolumeClaim claim, OldObject: PersistentVolumeClaim old } || SizeOf(claim) <= SizeOf(old))
        {
            return;
        }

        if (old.Status.Phase != "Bound")
        {
            throw Refuse(request, "Only bound persistent volume claims can be expanded");
        }

        if (claim.ClassName != old.ClassName || !await CanGrowAsync(claim.ClassName, cancellationToken))
        {
            throw Refuse(request, "only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize");
        }
    }

    private async ValueTask<bool> CanGrowAsync(string className, CancellationToken cancellationToken) => className.Length > 0
        && await classes().Store.FindAsync("", className, cancellationToken) is { } stored && stored.Decode() is StorageClass { AllowVolumeExpansion: true };

    private static Petrel.Api.Quantity SizeOf(PersistentVolumeClaim claim) => claim.Spec.Resources.Requests.GetValueOrDefault("storage");

    private static StatusException Refuse(AdmissionRequest request, string why) =>
        new(Statuses.Forbidden(PersistentVolumeClaim.Info.GroupResource, request.Name, why));
}
