using Petrel.Api.Validation;

namespace Petrel.Api.AdmissionRegistration;

/// <summary>What the bindings of validating and of mutating policies have in common.</summary>
internal static class PolicyReference
{
    public static void Validate(string policyName, ParamRef? paramRef, MatchResources? matchResources, FieldPath path, FieldErrors errors)
    {
        if (policyName.Length == 0)
        {
            errors.Required(path.Child("policyName"));
        }
        else
        {
            errors.InvalidAll(path.Child("policyName"), policyName, NameFormats.DnsSubdomain(policyName));
        }

        paramRef?.Validate(path.Child("paramRef"), errors);
        matchResources?.Validate(path.Child("matchResources"), errors);
    }
}
