using Petrel.Api.Certificates;
using Petrel.ApiServer.Authorization;
using Petrel.ApiServer.Responses;

namespace Petrel.ApiServer.Admission;

/// <summary>Whether a user may do something in the name of a signer: the right to a verb on signers of this name, or of its domain.</summary>
internal static class SignerPermission
{
    /// <exception cref="StatusException">He may not.</exception>
    public static ValueTask RequireAsync(IAuthorizer authorizer, AdmissionRequest request, string verb)
    {
        var signer = ((CertificateSigningRequest)request.OldObject!).Spec.SignerName;
        return RequireAsync(authorizer, request, verb, signer, $"user not permitted to {verb} requests with signerName \"{signer}\"");
    }

    /// <param name="refusal">What he is told.</param>
    /// <exception cref="StatusException">He may not.</exception>
    public static async ValueTask RequireAsync(IAuthorizer authorizer, AdmissionRequest request, string verb, string signer, string refusal)
    {
        var domain = signer.Split('/')[0] + "/*";
        if (!await MayAsync(authorizer, request, verb, signer) && !await MayAsync(authorizer, request, verb, domain))
        {
            throw new StatusException(Statuses.Forbidden(request.Type.Info.GroupResource, request.EffectiveName, refusal));
        }
    }

    private static async ValueTask<bool> MayAsync(IAuthorizer authorizer, AdmissionRequest request, string verb, string signer)
    {
        var decision = await authorizer.AuthorizeAsync(new AuthorizationAttributes(request.User, verb)
        {
            IsResource = true,
            Group = CertificateSigningRequest.Info.Group,
            Version = "*",
            Resource = "signers",
            Name = signer,
        });
        return decision.IsAllowed;
    }
}
