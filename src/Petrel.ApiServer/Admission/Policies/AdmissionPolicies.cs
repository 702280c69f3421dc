using Petrel.Api.AdmissionRegistration;

namespace Petrel.ApiServer.Admission.Policies;

/// <summary>The admission policies that are in force.</summary>
internal sealed class AdmissionPolicies
{
    public PolicyIndex<ValidatingAdmissionPolicy, ValidatingAdmissionPolicyBinding, CompiledPolicy> Validating { get; } = new(static policy => new(policy), PolicyBinding.Of);

    public PolicyIndex<MutatingAdmissionPolicy, MutatingAdmissionPolicyBinding, CompiledMutations> Mutating { get; } = new(static policy => new(policy), PolicyBinding.Of);
}
