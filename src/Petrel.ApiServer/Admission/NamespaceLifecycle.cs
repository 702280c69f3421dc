using Petrel.Api.Authorization;
using Petrel.Api.Core;
using Petrel.Api.Meta;
using Petrel.ApiServer.Registry;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>
/// Refuses creates in namespaces that do not exist or are going away, and deletion of the namespaces that a cluster
/// cannot be without.
/// </summary>
internal sealed class NamespaceLifecycle(Func<ResourceEndpoint> namespaces) : IMutatingAdmission
{
    public string Name => "NamespaceLifecycle";

    public async ValueTask AdmitAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Delete && request.Is<Namespace>() && request.Name is "default" or "kube-system" or "kube-public")
        {
            throw new StatusException(Statuses.Forbidden(Namespace.Info.GroupResource, request.Name, "this namespace may not be deleted"));
        }

        // Whether one may do something can be asked about namespaces that do not exist.
        if (request.Operation != AdmissionOperation.Create || !request.Type.Info.Namespaced || request.Is<LocalSubjectAccessReview>())
        {
            return;
        }

        var found = await namespaces().Store.FindDecodedAsync("", request.Namespace, cancellationToken)
            ?? throw new StatusException(Statuses.NotFound(Namespace.Info.GroupResource, request.Namespace));
        if (found.Metadata.DeletionTimestamp is null)
        {
            return;
        }

        var why = $"unable to create new content in namespace {request.Namespace} because it is being terminated";
        var status = request.Refusal(why).Status;
        throw new StatusException(status with
        {
            Details = status.Details! with
            {
                Causes = [new StatusCause { Reason = "NamespaceTerminating", Message = $"namespace {request.Namespace} is being terminated", Field = "metadata.namespace" }],
            },
        });
    }
}
