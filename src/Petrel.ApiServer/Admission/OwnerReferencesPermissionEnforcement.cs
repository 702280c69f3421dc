using Petrel.Api;
using Petrel.Api.Meta;
using Petrel.Api.Resources;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Registry;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Only who may delete an object may change its owners, which can lead to its deletion; and only who may set finalizers of an
/// owner may keep the owner's deletion waiting for the object.
/// </summary>
internal sealed class OwnerReferencesPermissionEnforcement(Func<ResourceRegistry> registry, IAuthorizer authorizer) : IValidatingAdmission
{
    public string Name => "OwnerReferencesPermissionEnforcement";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is not (AdmissionOperation.Create or AdmissionOperation.Update) || request.Object is not { } value
            || IsStatusOfPod(request) || value.Metadata.OwnerReferences == (request.OldObject?.Metadata.OwnerReferences ?? default))
        {
            return;
        }

        var deletion = await authorizer.AuthorizeAsync(new AuthorizationAttributes(request.User, "delete")
        {
            IsResource = true,
            Group = request.Type.Info.Group,
            Version = request.Type.Info.Version,
            Resource = request.Type.Info.Resource,
            Subresource = request.Subresource,
            Namespace = request.Namespace,
            Name = request.EffectiveName,
        });
        if (!deletion.IsAllowed)
        {
            throw request.Refusal($"cannot set an ownerRef on a resource you can't delete: {deletion.Reason}, <nil>");
        }

        foreach (var reference in NewlyBlocked(value, request.OldObject))
        {
            await CheckFinalizersAsync(request, reference);
        }
    }

    // Written by the nodes, which own the pods but may not delete them.
    private static bool IsStatusOfPod(AdmissionRequest request) => request.Type.ClrType == typeof(Api.Core.Pod) && request.Subresource == "status";

    private async ValueTask CheckFinalizersAsync(AdmissionRequest request, OwnerReference reference)
    {
        var kind = GroupVersionKind.FromApiVersion(reference.ApiVersion, reference.Kind);
        var owners = registry().Endpoints.Where(endpoint => endpoint.Info.GroupVersionKind == kind).ToList();
        if (owners.Count == 0)
        {
            throw request.Refusal(
                $"cannot set blockOwnerDeletion in this case because cannot find RESTMapping for APIVersion {reference.ApiVersion} Kind {reference.Kind}: no matches for kind \"{reference.Kind}\" in version \"{reference.ApiVersion}\"");
        }

        foreach (var owner in owners)
        {
            var decision = await authorizer.AuthorizeAsync(new AuthorizationAttributes(request.User, "update")
            {
                IsResource = true,
                Group = owner.Info.Group,
                Version = owner.Info.Version,
                Resource = owner.Info.Resource,
                Subresource = "finalizers",
                Namespace = owner.Info.Namespaced ? request.Namespace : "",
                Name = reference.Name,
            });
            if (!decision.IsAllowed)
            {
                throw request.Refusal($"cannot set blockOwnerDeletion if an ownerReference refers to a resource you can't set finalizers on: {decision.Reason}, <nil>");
            }
        }
    }

    private static IEnumerable<OwnerReference> NewlyBlocked(ApiObject value, ApiObject? old)
    {
        var before = Blocking(old).Select(static reference => reference.Uid).ToHashSet(StringComparer.Ordinal);
        return Blocking(value).Where(reference => !before.Contains(reference.Uid));
    }

    private static IEnumerable<OwnerReference> Blocking(ApiObject? value) =>
        value is null ? [] : value.Metadata.OwnerReferences.Where(static reference => reference.BlockOwnerDeletion == true);
}
