using Petrel.ApiServer.Admission;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Authorization.Rbac;

/// <summary>Refuses roles and bindings by which a user would get or give more than he holds.</summary>
internal sealed class EscalationAdmission(EscalationCheck check) : IValidatingAdmission
{
    // Part of RBAC and not one of the plugins that can be switched off.
    public string Name => "RBACEscalation";

    public async ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation is AdmissionOperation.Create or AdmissionOperation.Update
            && request.Object is { } value
            && await check.CheckAsync(request.User, value, request.OldObject) is { } refusal)
        {
            throw new StatusException(refusal);
        }
    }
}
