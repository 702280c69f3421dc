using Petrel.Api.Certificates;
using Petrel.ApiServer.Authorization;

namespace Petrel.ApiServer.Admission;

/// <summary>Who writes certificates to trust in the name of a signer must have the verb attest on that signer.</summary>
internal sealed class ClusterTrustBundleAttest(IAuthorizer authorizer) : IValidatingAdmission
{
    public string Name => "ClusterTrustBundleAttest";

    public ValueTask ValidateAsync(AdmissionRequest request, CancellationToken cancellationToken) =>
        request.Is<ClusterTrustBundle>() && request.Object is ClusterTrustBundle { Spec.SignerName: { Length: > 0 } signer } bundle
        && (request.OldObject is not ClusterTrustBundle old || bundle.Spec != old.Spec)
            ? SignerPermission.RequireAsync(authorizer, request, "attest", signer, $"user not permitted to attest for signerName \"{signer}\"")
            : default;
}
