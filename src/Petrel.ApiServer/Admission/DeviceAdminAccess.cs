using Petrel.Api.Validation;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;
using Claim = Petrel.Api.DynamicResources.ResourceClaim;
using ClaimTemplate = Petrel.Api.DynamicResources.ResourceClaimTemplate;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Claims may look at devices that are in use (KEP-5018) only in namespaces that are labelled for it. Upstream counts this among the
/// rules of the kind: it cannot be switched off.
/// </summary>
internal sealed class DeviceAdminAccess(Func<ResourceEndpoint> namespaces) : IValidatingAdmission
{
    private const string NamespaceLabel = "resource.k8s.io/admin-access";

    public string Name => "DeviceAdminAccess";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (Path(request) is not { } path)
        {
            return;
        }

        var owner = await namespaces().Store.FindAsync("", request.Namespace, cancellationToken);
        if (owner?.Decode().Metadata.Labels.GetValueOrDefault(NamespaceLabel) == "true")
        {
            return;
        }

        var errors = new FieldErrors();
        if (owner is null)
        {
            errors.Internal(path, $"could not retrieve namespace to verify admin access: namespaces \"{request.Namespace}\" not found");
        }
        else
        {
            errors.Forbidden(path, $"admin access to devices requires the `{NamespaceLabel}: true` label on the containing namespace");
        }

        throw new StatusException(Statuses.Invalid(request.Type.Info.Group, request.Type.Info.Kind, request.EffectiveName, errors));
    }

    /// <summary>The first place where the write asks for such access and did not before; null for none.</summary>
    private static FieldPath? Path(AdmissionRequest request)
    {
        if (request.Type.Info.Group != Claim.Info.Group)
        {
            return null;
        }

        return (request.Operation, request.Subresource, request.Object) switch
        {
            (AdmissionOperation.Create, "", Claim or Api.DynamicResources.V1Beta1.ResourceClaim) => InRequests(Claim.Of(request.Object)),
            (AdmissionOperation.Create, "", ClaimTemplate template) => InRequests(template),
            (AdmissionOperation.Create, "", Api.DynamicResources.V1Beta1.ResourceClaimTemplate template) => InRequests(template.ToStorage()),
            (AdmissionOperation.Update, "status", Claim or Api.DynamicResources.V1Beta1.ResourceClaim) => InResults(Claim.Of(request.OldObject!)) is null ? InResults(Claim.Of(request.Object)) : null,
            _ => null,
        };
    }

    // Upstream names the same path for templates.
    private static FieldPath? InRequests(ClaimTemplate template) => InRequests(new Claim { Spec = template.Spec.Spec });

    private static FieldPath? InRequests(Claim claim)
    {
        var requests = claim.Spec.Devices.Requests;
        for (var i = 0; i < requests.Count; i++)
        {
            if (requests[i].Exactly?.AdminAccess == true)
            {
                return FieldPath.Root.Child("spec", "devices").Child("requests").Index(i).Child("adminAccess");
            }
        }

        return null;
    }

    private static FieldPath? InResults(Claim claim)
    {
        var results = claim.Status.Allocation?.Devices.Results ?? default;
        for (var i = 0; i < results.Count; i++)
        {
            if (results[i].AdminAccess == true)
            {
                return FieldPath.Root.Child("status", "allocation").Child("devices", "results").Index(i).Child("adminAccess");
            }
        }

        return null;
    }
}
