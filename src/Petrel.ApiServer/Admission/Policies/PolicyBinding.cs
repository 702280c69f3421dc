using Petrel.Api.AdmissionRegistration;
using Petrel.ApiServer.Admission.Matching;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A binding ready to be asked.</summary>
internal sealed class PolicyBinding
{
    private PolicyBinding(string name, string policyName, ParamRef? paramRef, MatchResources? resources)
    {
        Name = name;
        PolicyName = policyName;
        ParamRef = paramRef;
        Criteria = resources is null ? null : MatchCriteria.Of(resources, matchesWithoutRules: true);
    }

    public string Name { get; }

    public string PolicyName { get; }

    public ParamRef? ParamRef { get; }

    /// <summary>What happens to requests that do not meet a validating policy.</summary>
    public IReadOnlyList<string> Actions { get; private init; } = [];

    /// <summary>Null when the binding does not narrow its policy down.</summary>
    public MatchCriteria? Criteria { get; }

    public static PolicyBinding Of(ValidatingAdmissionPolicyBinding binding) =>
        new(binding.Metadata.Name, binding.Spec.PolicyName, binding.Spec.ParamRef, binding.Spec.MatchResources) { Actions = [.. binding.Spec.ValidationActions] };

    public static PolicyBinding Of(MutatingAdmissionPolicyBinding binding) =>
        new(binding.Metadata.Name, binding.Spec.PolicyName, binding.Spec.ParamRef, binding.Spec.MatchResources);
}
