using Petrel.Api.AdmissionRegistration;
using Petrel.ApiServer.Admission.Matching;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>A binding ready to be asked.</summary>
internal sealed class PolicyBinding(ValidatingAdmissionPolicyBinding binding)
{
    public string Name { get; } = binding.Metadata.Name;

    public string PolicyName { get; } = binding.Spec.PolicyName;

    public ParamRef? ParamRef { get; } = binding.Spec.ParamRef;

    public IReadOnlyList<string> Actions { get; } = [.. binding.Spec.ValidationActions];

    /// <summary>Null when the binding does not narrow its policy down.</summary>
    public MatchCriteria? Criteria { get; } = binding.Spec.MatchResources is { } resources ? MatchCriteria.Of(resources, matchesWithoutRules: true) : null;
}
