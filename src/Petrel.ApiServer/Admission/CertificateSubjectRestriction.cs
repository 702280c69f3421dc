using Petrel.Api.Certificates;
using Petrel.ApiServer.Authentication;

namespace Petrel.ApiServer.Admission;

/// <summary>Nobody becomes an administrator by a client certificate that he asked for: the group system:masters is not signed.</summary>
internal sealed class CertificateSubjectRestriction : IValidatingAdmission
{
    private const string ClientSigner = "kubernetes.io/kube-apiserver-client";

    public string Name => "CertificateSubjectRestriction";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken)
    {
        if (request.Operation == AdmissionOperation.Create && request.Is<CertificateSigningRequest>()
            && request.Object is CertificateSigningRequest { Spec.SignerName: ClientSigner } value
            && SigningRequest.Read(value.Spec.Request.Memory)?.SubjectName is { } subject
            && DistinguishedName.Parts(subject).Contains((DistinguishedName.Organization, SystemIdentities.Masters)))
        {
            throw request.Refusal($"use of {ClientSigner} signer with {SystemIdentities.Masters} group is not allowed");
        }

        return default;
    }
}
