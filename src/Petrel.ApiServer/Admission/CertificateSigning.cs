using Petrel.Api.Certificates;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Admission;

/// <summary>Who writes the certificate or the conditions of a certificate signing request must have the verb sign on its signer.</summary>
internal sealed class CertificateSigning(IAuthorizer authorizer) : IValidatingAdmission
{
    public string Name => "CertificateSigning";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        request.Operation == AdmissionOperation.Update && request.Subresource == "status"
        && request is { Object: CertificateSigningRequest value, OldObject: CertificateSigningRequest old }
        && (value.Status.Certificate != old.Status.Certificate || value.Status.Conditions != old.Status.Conditions)
            ? SignerPermission.RequireAsync(authorizer, request, "sign")
            : default;
}
