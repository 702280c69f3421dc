using Petrel.Api.Certificates;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Admission;

/// <summary>Who approves or denies a certificate signing request must have the verb approve on its signer.</summary>
internal sealed class CertificateApproval(IAuthorizer authorizer) : IValidatingAdmission
{
    public string Name => "CertificateApproval";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        request.Operation == AdmissionOperation.Update && request.Type.ClrType == typeof(CertificateSigningRequest) && request.Subresource == "approval"
            ? SignerPermission.RequireAsync(authorizer, request, "approve")
            : default;
}
